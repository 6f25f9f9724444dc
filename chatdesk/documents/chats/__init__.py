"""Files of chats: ChatDesk's own, and those of other applications."""
