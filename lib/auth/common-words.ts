/**
 * Words that people choose as passwords, alone, twice, in pairs or with a few digits behind: first
 * names, teams, animals, things, wishes. One entry covers its variants; see password-rules.ts.
 */
const TEXT = `
password passwort passwd passphrase passcode motdepasse contrasena parola wachtwoord senha geheim
secret letmein welcome willkommen bienvenue admin administrator root superuser sysadmin login logon
signin user username guest default changeme change temp temporary test tester testing demo sample
access master server system computer internet network online website database oracle mysql cisco
microsoft windows google gmail yahoo hotmail facebook twitter instagram linkedin amazon apple iphone
android samsung nokia motorola toshiba compaq dell sony intel pentium linux ubuntu
qwerty qwertz azerty asdf zxcv qazwsx trustno abc abcd abcdef zaq xsw
love lover lovers lovely loveme loveyou iloveyou iloveu iloveme ilove mylove truelove lovelove forever
always together sweet sweety sweetie sweetheart honey baby babygirl babyboy darling angel angels kiss
kisses hugs heart hearts happy happiness smile smiley sunshine sunny rainbow flower flowers rose roses
princess prince queen king kingdom beautiful beauty pretty cutie cute sexy sexygirl hottie gorgeous
friend friends bestfriend family mother father mommy mummy daddy sister brother mamma papa mama dad mom
jesus jesuschrist christ god godisgood heaven blessed faith hope grace trinity spirit church bible
allah inshallah bismillah mohammed muhammad krishna ganesh buddha
football soccer baseball basketball hockey tennis golf golfer golfing cricket rugby volleyball softball
bowling boxing wrestling karate swimming swimmer running runner racing nascar cycling skating skater
snowboard surfing surfer fishing hunting hunter sports player champion winner
liverpool chelsea arsenal manchester everton tottenham barcelona realmadrid juventus milan inter napoli
ajax celtic rangers westham newcastle united yankees redsox cowboys steelers packers patriots eagles
raiders broncos dolphins bears giants jets saints vikings falcons panthers ravens redskins seahawks
lakers celtics bulls knicks heat spurs warriors braves dodgers cubs cardinals tigers marlins rangers
michael jordan kobe lebron ronaldo messi neymar beckham maradona pele tiger woods federer
dragon dragons monkey shadow superman batman spiderman ironman wolverine hulk captain america avengers
deadpool joker robin starwars startrek skywalker jedi yoda anakin vader darthvader stormtrooper matrix
neo morpheus trinity gandalf frodo hobbit legolas aragorn hermione harry potter harrypotter hogwarts
pokemon pikachu naruto sasuke goku dragonball zelda mario luigi nintendo sega sonic playstation xbox
minecraft roblox fortnite warcraft starcraft diablo counter strike counterstrike halo fallout doom quake
simpsons homer bart southpark cartman spongebob scooby snoopy garfield mickey minnie disney tinkerbell
tigger poohbear bambi simba nemo barbie hellokitty kitty
cat cats kitten kitties pussy pussycat dog dogs doggy doggie puppy puppies bulldog bulldogs horse horses
pony rabbit bunny hamster tiger lion panther leopard jaguar cheetah wolf wolves werewolf fox bear teddy
teddybear panda koala elephant giraffe zebra gorilla turtle snake python cobra viper spider scorpion
scorpio eagle falcon hawk phoenix raven crow owl penguin parrot chicken rooster turkey duck ducky goose
swan dolphin whale shark sharks fish catfish goldfish salmon lobster frog froggy lizard dinosaur unicorn
butterfly bumblebee ladybug beetle cow cowboy cowgirl pig piglet sheep goat donkey mustang bronco stallion
colt badger beaver otter squirrel buffalo bison moose deer cougar bobcat wildcat wildcats puma camel
summer winter spring autumn january february march april may june july august september october november
december monday tuesday wednesday thursday friday saturday sunday birthday christmas halloween easter
holiday weekend morning midnight tonight moon moonlight star stars starlight stardust sky skyline cloud
storm stormy thunder lightning rain snow snowman snowball snowflake ice iceman icecream fire fireball
firefly fireman water ocean river beach island mountain forest jungle desert earth planet galaxy universe
mercury venus mars jupiter saturn neptune pluto eclipse apollo aurora cosmos space rocket shuttle
red redred blue blueblue green yellow orange purple pink black white brown silver gold golden grey violet
indigo scarlet crimson diamond diamonds crystal ruby emerald sapphire pearl amber jade topaz platinum
apples banana bananas cherry strawberry blueberry raspberry peach peaches lemon lime mango melon
watermelon grape pineapple coconut pumpkin potato tomato carrot onion pepper garlic ginger cinnamon vanilla
chocolate cookie cookies brownie muffin cupcake pancake candy sugar honeybee cheese butter bread bacon
burger pizza pasta spaghetti taco burrito sushi popcorn peanut peanuts pickle pickles coffee espresso
starbucks tea beer wine whiskey whisky vodka tequila cocktail cocacola coke pepsi sprite drpepper budlight
heineken guinness corona jackdaniels marlboro
mercedes porsche ferrari lamborghini corvette camaro chevy chevrolet mustang toyota honda nissan mazda
subaru suzuki yamaha kawasaki ducati harley harleydavidson davidson bmw audi volkswagen volvo jaguar
ford dodge jeep hummer cadillac pontiac lexus hyundai ferrari racecar truck trucker trucks driver
guitar drummer drums piano violin music musicman rockstar rock rocknroll metal metallica slipknot nirvana
beatles rollingstones pinkfloyd ledzeppelin zeppelin queen acdc ironmaiden megadeth slayer pantera blink
greenday linkinpark evanescence eminem tupac biggie snoopdogg beyonce rihanna madonna michaeljackson
elvis presley lennon hendrix marley bobmarley kurtcobain britney onedirection justinbieber shakira
killer hunter sniper assassin ninja samurai warrior soldier marine marines army navy airforce airborne
ranger special forces police cop sheriff gangster gangsta thug thuglife pimp playboy player hustler
outlaw bandit pirate pirates viking spartan gladiator knight wizard merlin magic magician demon devil
satan lucifer vampire zombie ghost phantom reaper death darkness darkside nightmare hell hellfire inferno
danger trouble chaos rebel renegade maverick topgun rambo rocky terminator predator alien aliens robocop
sex sexsex porn xxx fuck fuckyou fuckme fuckoff fucker fucking shit bullshit bitch bitches asshole bastard
dick dickhead bigdick cock cunt pussies tits boobs bigtits booty butthead naughty horny hardcore hooters
whatever nothing something anything everything nobody somebody stupid idiot loser crazy cool coolio awesome
amazing fantastic perfect super superstar great good better best number one numberone freedom liberty
justice peace power energy victory success winning genius legend champion boss bigboss chief doctor
teacher student school college university business money cash dollar million millionaire bank banker rich
lucky lucky charm fortune casino poker blackjack joker vegas lasvegas
trouble blessing destiny karma spirit soul dream dreams dreamer believe imagine wonder wonderful wonderland
remember secret hello hellohello helloworld hi goodbye bye please thanks thankyou sorry open opensesame
sesame enter exit start stop go gogogo letsgo lets run play playing game games gamer gaming
explorer voyager enterprise discovery challenger columbia atlantis endeavour pathfinder pioneer
london paris berlin madrid barcelona rome roma milano moscow tokyo sydney melbourne toronto montreal
newyork brooklyn manhattan boston chicago detroit dallas houston austin denver phoenix seattle portland
orlando miami atlanta hollywood california florida texas arizona colorado nevada montana dakota alaska
hawaii virginia carolina georgia alabama tennessee kentucky ohio michigan indiana america american usa
canada mexico brazil argentina colombia england ireland irish scotland wales britain france french germany
german italy italia spain portugal holland sweden norway finland denmark poland russia russian ukraine
turkey israel india indian pakistan china chinese japan japanese korea thailand vietnam philippines
indonesia malaysia singapore australia africa egypt jamaica
alex alexander alexandra alexandre alexandru alexis alfred alice alicia alison allison alyssa amanda amber
amelia amy andrea andreas andrei andrew andrey andy angela angelica angelina angelo anita anna anne annie
anthony anton antonio april ariel arnold arthur ashley audrey austin bailey barbara becky ben benjamin
bernard bernie betty beverly bianca bill billy billybob bobby bonnie brad bradley brandon brandy brenda
brendan brian brianna brittany brooke bruce bryan caitlin calvin cameron camille carl carla carlos carmen
carol caroline carolyn carrie casey cassandra cassie catherine cecilia charles charlie charlotte chelsea
cheryl chester chloe chris christian christina christine christopher christy cindy claire claudia clayton
cody colin connor courtney craig crystal curtis cynthia daisy dan dana daniel daniela danielle danny dave
david dean deborah debbie denise dennis derek diana diane diego dominic donald donna dorothy douglas dylan
eddie edgar edward elaine elena eli elias elizabeth ella ellen emily emma eric erica erik erin ethan eugene
eva evan felix fernando fiona frances francis francisco frank frankie franklin fred freddie freddy gabriel
gabriela gary george gerald gina giovanni gloria gordon grace graham grant greg gregory hannah harold
harrison heather hector helen helena henry herbert howard hugo ian irene isaac isabel isabella isabelle
ivan jack jackie jackson jacob jacqueline jake james jamie jane janet jasmine jason jasper javier jay jean
jeff jeffrey jenna jennifer jenny jeremy jerome jerry jesse jessica jessie jill jim jimmy joan joanna joe
joel joey john johnny johnson jonathan jones jordan jorge jose joseph josh joshua juan juanita judith judy
julia julian julie juliet justin justine karen karina karl kate katherine kathleen kathy katie katrina
kayla keith kelly kelsey kenneth kenny kevin kim kimberly kristen kristin kristina kyle larry laura lauren
laurie lawrence leah lee leo leon leonard leonardo leslie lewis liam lily linda lindsay lindsey lisa logan
lopez lorenzo louis louise lucas lucy luis luke lydia lynn madeline madison maggie manuel marc marcel
marco marcus margaret maria marie marina marion mark markus marshall martha martin martina marvin mary
mason matt matthew maurice max maxwell maxine megan melanie melissa mercedes meredith mia michaela michel
michele michelle miguel mike miller mitchell mohamed molly monica monique morgan morris murphy murray nancy
natalia natalie natasha nathan nathaniel nelson nicholas nick nicola nicolas nicole nikita nikki nina noah
nora norman oliver olivia oscar owen pablo pamela parker patrick patricia paul paula pauline pedro penelope
peter philip phillip pierre preston rachel ralph randy raphael raul raymond rebecca regina ricardo richard
rick ricky robert roberta roberto robinson rodney rodriguez roger roland roman ron ronald ronnie rosa
rosemary ross roy ruben russell ruth ryan sabrina sally sam samantha samson samuel sandra sandy sara sarah
sasha scott sean sebastian sergey sergio serena shannon sharon shawn sheila shelby sherry shirley sidney
simon simone smith sophia sophie spencer stacey stanley stefan stella stephanie stephen steve steven
stewart stuart susan suzanne sylvia tamara tanya tara taylor ted teresa terry theodore theresa thomas tim
timothy tina tom tommy tony tracey tracy travis trevor tristan tyler valentin valentina valerie vanessa
veronica victor victoria vincent violet virginia vivian vladimir walker walter wanda warren wayne wendy
wesley whitney william williams willie wilson winston xavier yolanda yvonne zachary zoe
asshole ashole biteme blowjob blowme bubba bubbles buddy buster boomer booboo bandit bear bella biscuit
blaze brutus buttercup casper champ charger chevelle chopper coco copper dexter duke fluffy ginger gizmo
gunner harley heidi jasper kona lady maddie max milo missy misty mittens nala oreo patches peanut pebbles
penny pepper piper precious princess rascal rex riley rocky rusty sadie sammy sassy scout shadow shelby
smokey snickers socks sophie sparky spike spot sugar sunny sweetpea tank tigger tinker toby trixie tucker
turbo tweety winnie ziggy zeus zoey bluebird blizzard metallic
liverpoo creative godzilla shithead bigdaddy rush sunflower bird flowerpower
`;

export const COMMON_WORDS: ReadonlySet<string> = new Set(TEXT.trim().split(/\s+/));
