"""The words that stand in every text and find nothing, of seven languages that many documents are in."""

from __future__ import annotations

_WORDS = """
a aan aber about al all als am an and any ao are as at au auch auf aus aux avec be bei bij bin bist but
by can ce ces cette che chi com come como con cosa could cuál cuándo da dal dan dans das dass dat de dei
del della dem den der des di did die dit do doch document does donde dos dove du dónde e ed een ein eine
einem einen einer eines el ella elle em en er es est esta este et eu eux foi for from für gli ha haar
haben had has hat have het hij hoe how i ich if ihr ik il ils im in into is ist it its je kan kann la
las le les leur lo los lui ma maar mais mas me mes met mit mon my más na naar nach nas ne nel nella
nicht niet no noch nog non nos nous não o oder of om on ons ook op or os ou over où page par para pas
pela pelo per perché pero più please por pour quais qual quale quand quando quanto que quel quelle quem
qui quién quoi qué sa sagt say says se sem ses seu should si sich sie sin sind so sobre son sono sont
steht su sua sul sur sus são te tell text than that the their them there these they this those to tot
uit um uma un una und une uno unos uns van vom von voor vor vous waar waarom wann wanneer war warum was
wat we welche welcher welke wenn wer werden were what when where which who whom whose why wie wij will
wir wird with wo worden would y you your zal ze zijn zu zum zur é über
"""

STOP_WORDS = frozenset(_WORDS.split())
