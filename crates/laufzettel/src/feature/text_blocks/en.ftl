# Text blocks

about = What you write again and again. While you write an answer, type / and choose the block.
shared = For everybody
own = Only for me
no-shared = No text block for everybody yet. Whoever may change settings makes them here.
no-own = No text block of your own yet. Write a name below, then the text.
no-choice = No text block yet. Make one under Text blocks.
keys-html = Move the chosen row with { $keys }. What you change is saved at once.
variables = These words are replaced when a block is put in: { $names }.
add = Add
new-shared = New text block for everybody
new-own = New text block of your own
name-of = Name of { $name }
active-of = { $name } is offered
up = Move { $name } up
down = Move { $name } down
up-title = Up (Alt ↑)
down-title = Down (Alt ↓)
edit = Edit the text of { $name }
read = Read the text of { $name }
text = Text
area = Area
all-areas = All areas
language = Language
any-language = Any language
german = German
english = English
save = Save

## Salutation
salutation = Hello { $name }
salutation-nobody = Hello

## Messages
added = “{ $name }” was made. Now write its text.
renamed = The text block is called “{ $name }” now.
saved = “{ $name }” is saved.
moved = “{ $name }” was moved.
on = “{ $name }” is offered again.
off = “{ $name }” is not offered any more.
