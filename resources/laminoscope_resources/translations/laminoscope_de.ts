<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en_US">
<context>
    <name>window</name>
    <message>
        <source> (run: {needed})</source>
        <translation> (Lauf: {needed})</translation>
    </message>
    <message>
        <source> (run: {needed}, too much)</source>
        <translation> (Lauf: {needed}, zu viel)</translation>
    </message>
    <message>
        <source> and </source>
        <translation> und </translation>
    </message>
    <message>
        <source> or </source>
        <translation> oder </translation>
    </message>
    <message>
        <source> · run: {time}</source>
        <translation> · Lauf: {time}</translation>
    </message>
    <message>
        <source>&amp;About Laminoscope</source>
        <translation>Ü&amp;ber Laminoscope</translation>
    </message>
    <message>
        <source>&amp;Capture</source>
        <translation>&amp;Aufzeichnen</translation>
    </message>
    <message>
        <source>&amp;Clear selection</source>
        <translation>Auswahl &amp;aufheben</translation>
    </message>
    <message>
        <source>&amp;Columns of tables</source>
        <translation>S&amp;palten der Tabellen</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Find…</source>
        <translation>&amp;Suchen…</translation>
    </message>
    <message>
        <source>&amp;Guide</source>
        <translation>&amp;Handbuch</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>&amp;Tastaturkürzel</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Models…</source>
        <translation>&amp;Modelle…</translation>
    </message>
    <message>
        <source>&amp;New</source>
        <translation>&amp;Neu</translation>
    </message>
    <message>
        <source>&amp;Next layer</source>
        <translation>&amp;Nächste Schicht</translation>
    </message>
    <message>
        <source>&amp;Next panel</source>
        <translation>&amp;Nächste Ansicht</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>Ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>&amp;Panels</source>
        <translation>&amp;Ansichten</translation>
    </message>
    <message>
        <source>&amp;Preferences…</source>
        <translation>&amp;Einstellungen…</translation>
    </message>
    <message>
        <source>&amp;Previous layer</source>
        <translation>&amp;Vorige Schicht</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>A&amp;usführen</translation>
    </message>
    <message>
        <source>&amp;Save session</source>
        <translation>&amp;Sitzung speichern</translation>
    </message>
    <message>
        <source>&amp;Select</source>
        <translation>Au&amp;swahl</translation>
    </message>
    <message>
        <source>&amp;Start page</source>
        <translation>St&amp;artseite</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>A command, panel, model, example, word or layer</source>
        <translation>Befehl, Ansicht, Modell, Beispiel, Wort oder Schicht</translation>
    </message>
    <message>
        <source>A desktop microscope for causal language models.</source>
        <translation>Ein Mikroskop für kausale Sprachmodelle.</translation>
    </message>
    <message>
        <source>A paragraph, token by token</source>
        <translation>Ein Absatz, Token für Token</translation>
    </message>
    <message>
        <source>All models…</source>
        <translation>Alle Modelle…</translation>
    </message>
    <message>
        <source>All of a plot again</source>
        <translation>Wieder das ganze Diagramm</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Erscheinungsbild</translation>
    </message>
    <message>
        <source>Arrange the panels of this page as at the first start.</source>
        <translation>Die Ansichten dieser Seite wie beim ersten Start anordnen.</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>Wie der Desktop</translation>
    </message>
    <message>
        <source>As the s&amp;ystem</source>
        <translation>Wie das S&amp;ystem</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Begin an empty experiment on the model that is open.</source>
        <translation>Ein leeres Experiment mit dem geöffneten Modell beginnen.</translation>
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
        <source>C&amp;ancel</source>
        <translation>A&amp;bbrechen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel: {job}</source>
        <translation>Abbrechen: {job}</translation>
    </message>
    <message>
        <source>Cancelled; what was shown stays.</source>
        <translation>Abgebrochen; das Gezeigte bleibt.</translation>
    </message>
    <message>
        <source>Candidates after the prompts</source>
        <translation>Kandidaten nach den Prompts</translation>
    </message>
    <message>
        <source>Capture text</source>
        <translation>Text aufzeichnen</translation>
    </message>
    <message>
        <source>Capture words</source>
        <translation>Wörter aufzeichnen</translation>
    </message>
    <message>
        <source>Change {what}</source>
        <translation>{what} ändern</translation>
    </message>
    <message>
        <source>Choose a file instead.</source>
        <translation>Stattdessen eine Datei auswählen.</translation>
    </message>
    <message>
        <source>Choose the model.</source>
        <translation>Das Modell wählen.</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Colours of maps</source>
        <translation>Farben der Karten</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Compose a figure of this task's plots: SVG, PDF, PNG, data and script.</source>
        <translation>Eine Abbildung aus den Diagrammen dieser Aufgabe zusammenstellen: SVG, PDF, PNG, Daten und Skript.</translation>
    </message>
    <message>
        <source>Compute in {precision}</source>
        <translation>In {precision} rechnen</translation>
    </message>
    <message>
        <source>Continuation</source>
        <translation>Fortsetzung</translation>
    </message>
    <message>
        <source>Copy what has the focus: a plot as a picture, a table as text.</source>
        <translation>Kopieren, was den Fokus hat: ein Diagramm als Bild, eine Tabelle als Text.</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Do Q, K and V agree on which words are alike, and in which layers?</source>
        <translation>Sind sich Q, K und V einig, welche Wörter einander ähneln, und in welchen Schichten?</translation>
    </message>
    <message>
        <source>Do again what was undone last.</source>
        <translation>Das zuletzt Zurückgenommene wiederholen.</translation>
    </message>
    <message>
        <source>Do what the message offers.</source>
        <translation>Tun, was die Meldung anbietet.</translation>
    </message>
    <message>
        <source>Done again</source>
        <translation>Wiederholt</translation>
    </message>
    <message>
        <source>Done in {seconds} s</source>
        <translation>Fertig in {seconds} s</translation>
    </message>
    <message>
        <source>Double click</source>
        <translation>Doppelklick</translation>
    </message>
    <message>
        <source>Drop a session, an experiment, a word list, a text or a model here.</source>
        <translation>Eine Sitzung, ein Experiment, eine Wortliste, einen Text oder ein Modell hier ablegen.</translation>
    </message>
    <message>
        <source>Every command that has keys of its own.</source>
        <translation>Alle Befehle mit eigenen Tasten.</translation>
    </message>
    <message>
        <source>Exam&amp;ples</source>
        <translation>Beis&amp;piele</translation>
    </message>
    <message>
        <source>Example</source>
        <translation>Beispiel</translation>
    </message>
    <message>
        <source>Expected for a run: weights {weights}, activations {activations}, in all {peak}.</source>
        <translation>Für einen Lauf erwartet: Gewichte {weights}, Aktivierungen {activations}, insgesamt {peak}.</translation>
    </message>
    <message>
        <source>Export &amp;results…</source>
        <translation>&amp;Ergebnisse exportieren…</translation>
    </message>
    <message>
        <source>Export f&amp;igure…</source>
        <translation>&amp;Abbildung exportieren…</translation>
    </message>
    <message>
        <source>F&amp;ill the page</source>
        <translation>Seite fü&amp;llen</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Files that you open or save are listed here.</source>
        <translation>Hier stehen geöffnete und gespeicherte Dateien.</translation>
    </message>
    <message>
        <source>Find any command, panel, model, example, word or layer by typing.</source>
        <translation>Befehle, Ansichten, Modelle, Beispiele, Wörter und Schichten durch Tippen finden.</translation>
    </message>
    <message>
        <source>Fold the &amp;form</source>
        <translation>&amp;Formular einklappen</translation>
    </message>
    <message>
        <source>Fold the column at the left away, or bring it back.</source>
        <translation>Die linke Spalte ein- oder wieder ausklappen.</translation>
    </message>
    <message>
        <source>Fold the column at the right away, or bring it back.</source>
        <translation>Die rechte Spalte ein- oder wieder ausklappen.</translation>
    </message>
    <message>
        <source>Fold the d&amp;etails</source>
        <translation>&amp;Einzelheiten einklappen</translation>
    </message>
    <message>
        <source>Fold {title} away.</source>
        <translation>{title} einklappen.</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Treffer</translation>
    </message>
    <message>
        <source>From point to point, cell to cell</source>
        <translation>Von Punkt zu Punkt, von Zelle zu Zelle</translation>
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
        <source>Give the keyboard to the next panel of the page.</source>
        <translation>Die Tastatur der nächsten Ansicht der Seite geben.</translation>
    </message>
    <message>
        <source>Go to</source>
        <translation>Hingehen</translation>
    </message>
    <message>
        <source>How far the running job is</source>
        <translation>Wie weit der laufende Auftrag ist</translation>
    </message>
    <message>
        <source>How far: {job}</source>
        <translation>Wie weit: {job}</translation>
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
        <source>In a plot</source>
        <translation>Im Diagramm</translation>
    </message>
    <message>
        <source>It did not work; what was shown stays.</source>
        <translation>Es ging nicht; das Gezeigte bleibt.</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>Aufträge</translation>
    </message>
    <message>
        <source>Kept in {folder}</source>
        <translation>Gespeichert in {folder}</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastaturkürzel</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>Layer before and after</source>
        <translation>Vorige und nächste Schicht</translation>
    </message>
    <message>
        <source>Let the panel that has the keyboard take the whole page, or give it back.</source>
        <translation>Die Ansicht mit der Tastatur die ganze Seite füllen lassen, oder zurückkehren.</translation>
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
        <source>Looking for models…</source>
        <translation>Modelle werden gesucht…</translation>
    </message>
    <message>
        <source>Measure loops</source>
        <translation>Schleifen messen</translation>
    </message>
    <message>
        <source>Measure the echo</source>
        <translation>Echo messen</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>Kein Modell</translation>
    </message>
    <message>
        <source>Nothing has been computed yet.</source>
        <translation>Noch wurde nichts berechnet.</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>Noch nichts</translation>
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
        <source>Open a folder with a model in safetensors format.</source>
        <translation>Einen Ordner mit einem Modell im safetensors-Format öffnen.</translation>
    </message>
    <message>
        <source>Open a model by catalog name, hub id, folder or file.</source>
        <translation>Ein Modell nach Katalogname, Hub-Kennung, Ordner oder Datei öffnen.</translation>
    </message>
    <message>
        <source>Open a session (.laminoscope), an experiment (.toml), a word list or a model.</source>
        <translation>Eine Sitzung (.laminoscope), ein Experiment (.toml), eine Wortliste oder ein Modell öffnen.</translation>
    </message>
    <message>
        <source>Open mo&amp;del…</source>
        <translation>Mo&amp;dell öffnen…</translation>
    </message>
    <message>
        <source>Open model &amp;folder…</source>
        <translation>Modell&amp;ordner öffnen…</translation>
    </message>
    <message>
        <source>Open r&amp;ecent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Open {model}</source>
        <translation>{model} öffnen</translation>
    </message>
    <message>
        <source>Open {model}; capture text</source>
        <translation>{model} öffnen; Text aufzeichnen</translation>
    </message>
    <message>
        <source>Open {model}; capture words</source>
        <translation>{model} öffnen; Wörter aufzeichnen</translation>
    </message>
    <message>
        <source>Open {model}; read prompts</source>
        <translation>{model} öffnen; Prompts lesen</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Öffnen…</translation>
    </message>
    <message>
        <source>P&amp;revious panel</source>
        <translation>&amp;Vorige Ansicht</translation>
    </message>
    <message>
        <source>Panel</source>
        <translation>Ansicht</translation>
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
        <source>Press Capture to run it anew.</source>
        <translation>Mit Aufzeichnen neu berechnen.</translation>
    </message>
    <message>
        <source>Read prompts</source>
        <translation>Prompts lesen</translation>
    </message>
    <message>
        <source>Recent files</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Relabellings of the words behind each p.</source>
        <translation>Umverteilungen der Wörter hinter jedem p.</translation>
    </message>
    <message>
        <source>Rese&amp;t layout</source>
        <translation>Anordnung &amp;zurücksetzen</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Run on {device}</source>
        <translation>Auf {device} rechnen</translation>
    </message>
    <message>
        <source>Run the model on the words and show the results.</source>
        <translation>Das Modell auf die Wörter anwenden und die Ergebnisse zeigen.</translation>
    </message>
    <message>
        <source>Save a Python script that computes all results again.</source>
        <translation>Ein Python-Skript speichern, das alle Ergebnisse erneut berechnet.</translation>
    </message>
    <message>
        <source>Save e&amp;xperiment as…</source>
        <translation>Experiment speichern un&amp;ter…</translation>
    </message>
    <message>
        <source>Save experiment, results, selection and window, to go on from there.</source>
        <translation>Experiment, Ergebnisse, Auswahl und Fenster speichern, um dort weiterzuarbeiten.</translation>
    </message>
    <message>
        <source>Save model, words and carrier sentence as a TOML file.</source>
        <translation>Modell, Wörter und Trägersatz als TOML-Datei speichern.</translation>
    </message>
    <message>
        <source>Save s&amp;cript…</source>
        <translation>S&amp;kript speichern…</translation>
    </message>
    <message>
        <source>Save session &amp;as…</source>
        <translation>Sitzung speichern &amp;unter…</translation>
    </message>
    <message>
        <source>Save the session under another name, with or without its activations.</source>
        <translation>Die Sitzung unter anderem Namen speichern, mit oder ohne ihre Aktivierungen.</translation>
    </message>
    <message>
        <source>Say what the panel that has the keyboard shows.</source>
        <translation>Erklären, was die Ansicht mit der Tastatur zeigt.</translation>
    </message>
    <message>
        <source>See Q, K and V, layer by layer. Begin with one of:</source>
        <translation>Q, K und V sehen, Schicht für Schicht. Beginnen mit:</translation>
    </message>
    <message>
        <source>See the models on this computer and those to be had: open, fetch, delete.</source>
        <translation>Modelle auf diesem Rechner und verfügbare Modelle ansehen: öffnen, laden, löschen.</translation>
    </message>
    <message>
        <source>Select a range, or one more</source>
        <translation>Einen Bereich auswählen, oder eines mehr</translation>
    </message>
    <message>
        <source>Select nothing but the layer; or return from a panel that fills the page.</source>
        <translation>Nichts als die Schicht auswählen; oder aus einer seitenfüllenden Ansicht zurückkehren.</translation>
    </message>
    <message>
        <source>Select what is marked</source>
        <translation>Das Markierte auswählen</translation>
    </message>
    <message>
        <source>Set how it looks and computes, and where models are kept.</source>
        <translation>Aussehen, Berechnung und Speicherort der Modelle einstellen.</translation>
    </message>
    <message>
        <source>Shift, Ctrl and click</source>
        <translation>Umschalt, Strg und Klick</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Kürzel</translation>
    </message>
    <message>
        <source>Show examples, recent files and models.</source>
        <translation>Beispiele, zuletzt geöffnete Dateien und Modelle zeigen.</translation>
    </message>
    <message>
        <source>Show what is computed, what waits, and what has ended.</source>
        <translation>Zeigen, was berechnet wird, was wartet und was zu Ende ist.</translation>
    </message>
    <message>
        <source>Show {title}.</source>
        <translation>{title} zeigen.</translation>
    </message>
    <message>
        <source>Something went wrong that should not have: {error}</source>
        <translation>Es trat ein Fehler auf, der nicht sein dürfte: {error}</translation>
    </message>
    <message>
        <source>Statistics of the text</source>
        <translation>Statistik des Textes</translation>
    </message>
    <message>
        <source>Statistics of words</source>
        <translation>Statistik der Wörter</translation>
    </message>
    <message>
        <source>Stop the running job at the next layer.</source>
        <translation>Den laufenden Auftrag bei der nächsten Schicht anhalten.</translation>
    </message>
    <message>
        <source>Stop this job.</source>
        <translation>Diesen Auftrag anhalten.</translation>
    </message>
    <message>
        <source>Take back the last change of words, text, prompts, chain or choices.</source>
        <translation>Die letzte Änderung von Wörtern, Text, Prompts, Kette oder Einstellungen zurücknehmen.</translation>
    </message>
    <message>
        <source>Take this message away.</source>
        <translation>Diese Meldung entfernen.</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>Aufgaben</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Schriftgröße</translation>
    </message>
    <message>
        <source>The file</source>
        <translation>Die Datei</translation>
    </message>
    <message>
        <source>The layer that all panels show; drag the line in the curves.</source>
        <translation>Die Schicht, die alle Ansichten zeigen; die Linie in den Kurven lässt sich ziehen.</translation>
    </message>
    <message>
        <source>There is not enough memory for this.</source>
        <translation>Dafür reicht der Speicher nicht.</translation>
    </message>
    <message>
        <source>This is not an experiment yet: {reasons}.</source>
        <translation>Das ist noch kein Experiment: {reasons}.</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Threads</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Tokens</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>Two prompts continued</source>
        <translation>Zwei Prompts fortgesetzt</translation>
    </message>
    <message>
        <source>Type a few letters of it; up and down choose among what is found, Enter does it.</source>
        <translation>Einige Buchstaben davon tippen; Auf und Ab wählen unter den Treffern, Eingabe führt aus.</translation>
    </message>
    <message>
        <source>Undone</source>
        <translation>Zurückgenommen</translation>
    </message>
    <message>
        <source>Unless another map was chosen at the plot.</source>
        <translation>Wenn am Diagramm nichts anderes gewählt ist.</translation>
    </message>
    <message>
        <source>Verify the capture</source>
        <translation>Aufzeichnung prüfen</translation>
    </message>
    <message>
        <source>What does attention add to each token, and do the tokens before predict how much?</source>
        <translation>Was fügt Attention jedem Token hinzu, und sagen die Tokens davor voraus, wie viel?</translation>
    </message>
    <message>
        <source>What every column of every table holds, with its unit.</source>
        <translation>Was jede Spalte jeder Tabelle enthält, mit ihrer Einheit.</translation>
    </message>
    <message>
        <source>What has the letters that were typed.</source>
        <translation>Was die getippten Buchstaben enthält.</translation>
    </message>
    <message>
        <source>What is being computed, what waits, and what has ended lately.</source>
        <translation>Was berechnet wird, was wartet und was zuletzt zu Ende ging.</translation>
    </message>
    <message>
        <source>What to find</source>
        <translation>Suchbegriff</translation>
    </message>
    <message>
        <source>Where does “ snow” stand after a white hare, and where after a brown one?</source>
        <translation>Wo steht „ snow“ nach einem weißen Hasen, und wo nach einem braunen?</translation>
    </message>
    <message>
        <source>Word</source>
        <translation>Wort</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Wörter</translation>
    </message>
    <message>
        <source>Words in categories</source>
        <translation>Wörter in Kategorien</translation>
    </message>
    <message>
        <source>Write all results as CSV and NPZ, with their provenance, into a folder.</source>
        <translation>Alle Ergebnisse als CSV und NPZ mit ihrer Herkunft in einen Ordner schreiben.</translation>
    </message>
    <message>
        <source>Write {n} token</source>
        <translation>{n} Token schreiben</translation>
    </message>
    <message>
        <source>Write {n} tokens</source>
        <translation>{n} Tokens schreiben</translation>
    </message>
    <message>
        <source>about {time}</source>
        <translation>etwa {time}</translation>
    </message>
    <message>
        <source>another model was opened</source>
        <translation>ein anderes Modell wurde geöffnet</translation>
    </message>
    <message>
        <source>as many as the layers ask for</source>
        <translation>so viele, wie die Schichten brauchen</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>capture not verified yet</source>
        <translation>Aufzeichnung noch nicht geprüft</translation>
    </message>
    <message>
        <source>correlation</source>
        <translation>Korrelation</translation>
    </message>
    <message>
        <source>covariance</source>
        <translation>Kovarianz</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>done in {time}</source>
        <translation>fertig in {time}</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>head</source>
        <translation>Kopf</translation>
    </message>
    <message>
        <source>here</source>
        <translation>vorhanden</translation>
    </message>
    <message>
        <source>is being stopped</source>
        <translation>wird angehalten</translation>
    </message>
    <message>
        <source>lags</source>
        <translation>Verzögerungen</translation>
    </message>
    <message>
        <source>leading tokens left out</source>
        <translation>weggelassene erste Tokens</translation>
    </message>
    <message>
        <source>longer than thought</source>
        <translation>länger als gedacht</translation>
    </message>
    <message>
        <source>measure</source>
        <translation>Maß</translation>
    </message>
    <message>
        <source>memory {used}{run} of {total} GB</source>
        <translation>Speicher {used}{run} von {total} GB</translation>
    </message>
    <message>
        <source>model lane</source>
        <translation>Modell-Spur</translation>
    </message>
    <message>
        <source>network lane</source>
        <translation>Netz-Spur</translation>
    </message>
    <message>
        <source>no model</source>
        <translation>kein Modell</translation>
    </message>
    <message>
        <source>no {site}: {reason}</source>
        <translation>kein {site}: {reason}</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>nicht gefunden</translation>
    </message>
    <message>
        <source>not open</source>
        <translation>nicht geöffnet</translation>
    </message>
    <message>
        <source>not used: {tensor}</source>
        <translation>nicht verwendet: {tensor}</translation>
    </message>
    <message>
        <source>numbers lane</source>
        <translation>Zahlen-Spur</translation>
    </message>
    <message>
        <source>one a core ({n})</source>
        <translation>einer je Kern ({n})</translation>
    </message>
    <message>
        <source>permutations</source>
        <translation>Permutationen</translation>
    </message>
    <message>
        <source>predictors</source>
        <translation>Prädiktoren</translation>
    </message>
    <message>
        <source>replaced</source>
        <translation>ersetzt</translation>
    </message>
    <message>
        <source>replaced by “{job}”</source>
        <translation>ersetzt durch „{job}“</translation>
    </message>
    <message>
        <source>resamples</source>
        <translation>Stichproben</translation>
    </message>
    <message>
        <source>runs</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>site</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>something else was opened</source>
        <translation>etwas anderes wurde geöffnet</translation>
    </message>
    <message>
        <source>the prompts are others by now</source>
        <translation>die Prompts sind inzwischen andere</translation>
    </message>
    <message>
        <source>to fetch</source>
        <translation>zu laden</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>what it is computed from is not there</source>
        <translation>woraus es berechnet wird, ist nicht da</translation>
    </message>
    <message>
        <source>{command} {step}</source>
        <translation>{command}: {step}</translation>
    </message>
    <message>
        <source>{done} in {panel}</source>
        <translation>{done} in {panel}</translation>
    </message>
    <message>
        <source>{ended}, after {time}</source>
        <translation>{ended} nach {time}</translation>
    </message>
    <message>
        <source>{file} could not be written: {reason}.</source>
        <translation>{file} konnte nicht geschrieben werden: {reason}.</translation>
    </message>
    <message>
        <source>{model} as it opens here is not exactly the model of the session.</source>
        <translation>{model}, wie es sich hier öffnet, ist nicht genau das Modell der Sitzung.</translation>
    </message>
    <message>
        <source>{model} was opened</source>
        <translation>{model} wurde geöffnet</translation>
    </message>
    <message>
        <source>{n} job</source>
        <translation>{n} Auftrag</translation>
    </message>
    <message>
        <source>{n} jobs</source>
        <translation>{n} Aufträge</translation>
    </message>
    <message>
        <source>{n} layers</source>
        <translation>{n} Schichten</translation>
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
        <source>{task}: its panels and its inputs.</source>
        <translation>{task}: Ansichten und Eingaben.</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>noch {time}</translation>
    </message>
    <message>
        <source>… of signed numbers</source>
        <translation>… mit Vorzeichen</translation>
    </message>
</context>
</TS>
