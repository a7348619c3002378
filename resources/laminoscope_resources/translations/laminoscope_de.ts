<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en_US">
<context>
    <name>window</name>
    <message>
        <source>Appearance</source>
        <translation>Erscheinungsbild</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>Wie der Desktop</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Bootstrap</source>
        <translation>Bootstrap</translation>
    </message>
    <message>
        <source>Bootstrap resamples of the words behind each band.</source>
        <translation>Bootstrap-Stichproben der Wörter hinter jedem Band.</translation>
    </message>
    <message>
        <source>Colours of maps</source>
        <translation>Farben der Karten</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>From the next capture on.</source>
        <translation>Ab der nächsten Aufzeichnung.</translation>
    </message>
    <message>
        <source>From the next start on.</source>
        <translation>Ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>How it computes</source>
        <translation>Berechnung</translation>
    </message>
    <message>
        <source>How it looks</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>How many threads compute at once.</source>
        <translation>Wie viele Threads zugleich rechnen.</translation>
    </message>
    <message>
        <source>Kept in {folder}</source>
        <translation>Gespeichert in {folder}</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Light or dark.</source>
        <translation>Hell oder dunkel.</translation>
    </message>
    <message>
        <source>Numbers at plots have it from the next start on.</source>
        <translation>Zahlen an Diagrammen haben sie ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>Of menus and texts.</source>
        <translation>Sprache der Menüs und Texte.</translation>
    </message>
    <message>
        <source>Of numbers about zero.</source>
        <translation>Für Zahlen um null.</translation>
    </message>
    <message>
        <source>Of numbers without a sign.</source>
        <translation>Für Zahlen ohne Vorzeichen.</translation>
    </message>
    <message>
        <source>Of the window's text.</source>
        <translation>Größe der Schrift im Fenster.</translation>
    </message>
    <message>
        <source>Permutations</source>
        <translation>Permutationen</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Relabellings of the words behind each p.</source>
        <translation>Umverteilungen der Wörter hinter jedem p.</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Schriftgröße</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Threads</translation>
    </message>
    <message>
        <source>Unless another map was chosen at the plot.</source>
        <translation>Wenn am Diagramm nichts anderes gewählt ist.</translation>
    </message>
    <message>
        <source>as many as the layers ask for</source>
        <translation>so viele, wie die Schichten brauchen</translation>
    </message>
    <message>
        <source>one a core ({n})</source>
        <translation>einer je Kern ({n})</translation>
    </message>
    <message>
        <source>{setting} says it.</source>
        <translation>{setting} gibt es vor.</translation>
    </message>
    <message>
        <source>{size} points</source>
        <translation>{size} Punkt</translation>
    </message>
    <message>
        <source>… of signed numbers</source>
        <translation>… mit Vorzeichen</translation>
    </message>
</context>
</TS>
