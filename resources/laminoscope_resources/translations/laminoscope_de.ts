<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en_US">
<context>
    <name>core</name>
    <message>
        <source>"{executable}" -m pip install --force-reinstall "{wanted}"</source>
        <translation>"{executable}" -m pip install --force-reinstall "{wanted}"</translation>
    </message>
    <message>
        <source>'{text}…' is not a model that can be opened.</source>
        <translation>„{text}…“ ist kein Modell, das geöffnet werden kann.</translation>
    </message>
    <message>
        <source>(m − corrupt)/(clean − corrupt), m the logit of the first watched token less the second's after the last token: 0 changes nothing, 1 gives what the first text gives.</source>
        <translation>(m − corrupt)/(clean − corrupt), m der Logit des ersten verfolgten Tokens minus der des zweiten nach dem letzten Token: 0 ändert nichts, 1 ergibt, was der erste Text ergibt.</translation>
    </message>
    <message>
        <source>(Σa²)²/Σa⁴: how many neurons share the activity.</source>
        <translation>(Σa²)²/Σa⁴: wie viele Neuronen sich die Aktivität teilen.</translation>
    </message>
    <message>
        <source>0 at the low end of the colours, 1 at the high.</source>
        <translation>0 am unteren Ende der Farben, 1 am oberen.</translation>
    </message>
    <message>
        <source>0 changes nothing, 1 brings all back.</source>
        <translation>0 ändert nichts, 1 bringt alles zurück.</translation>
    </message>
    <message>
        <source>0 for a token that it removed.</source>
        <translation>0 für ein Token, das er entfernt hat.</translation>
    </message>
    <message>
        <source>0 for a token that was removed.</source>
        <translation>0 für ein Token, das entfernt wurde.</translation>
    </message>
    <message>
        <source>0 for none, 1 for the full one.</source>
        <translation>0 für keine, 1 für die volle.</translation>
    </message>
    <message>
        <source>0 is the open one, 1 the one that was kept.</source>
        <translation>0 ist der offene, 1 der behaltene.</translation>
    </message>
    <message>
        <source>0 where the chain has removed the token.</source>
        <translation>0, wo die Kette das Token entfernt hat.</translation>
    </message>
    <message>
        <source>0: removed.</source>
        <translation>0: entfernt.</translation>
    </message>
    <message>
        <source>0: the model alone; then the chains.</source>
        <translation>0: das Modell allein; dann die Ketten.</translation>
    </message>
    <message>
        <source>0: the token is cut.</source>
        <translation>0: das Token wird entfernt.</translation>
    </message>
    <message>
        <source>1 for one geometry at both sites, about 0 for two.</source>
        <translation>1 bei gleicher Geometrie an beiden Stellen, etwa 0 bei zweien.</translation>
    </message>
    <message>
        <source>1 is the best.</source>
        <translation>1 ist der beste.</translation>
    </message>
    <message>
        <source>1 is the best; 0: removed; −1: not in the column's vocabulary.</source>
        <translation>1 ist der beste; 0: entfernt; −1: nicht im Vokabular der Spalte.</translation>
    </message>
    <message>
        <source>1 is the best; empty for tokens of the prompt.</source>
        <translation>1 ist der beste; leer bei Tokens des Prompts.</translation>
    </message>
    <message>
        <source>1 where the norm keeps the pattern.</source>
        <translation>1, wo die Norm das Muster erhält.</translation>
    </message>
    <message>
        <source>1,000 or more</source>
        <translation>1,000 oder mehr</translation>
    </message>
    <message>
        <source>24 layers, 1,024 wide.</source>
        <translation>24 Schichten, 1,024 breit.</translation>
    </message>
    <message>
        <source>3 largest (%)</source>
        <translation>3 größte (%)</translation>
    </message>
    <message>
        <source>36 layers, 1,280 wide.</source>
        <translation>36 Schichten, 1,280 breit.</translation>
    </message>
    <message>
        <source>48 layers, 1,600 wide; the model of the similarity articles.</source>
        <translation>48 Schichten, 1,600 breit; das Modell der Artikel über Ähnlichkeit.</translation>
    </message>
    <message>
        <source>6 nats or more</source>
        <translation>6 Nat oder mehr</translation>
    </message>
    <message>
        <source>95 % interval over models and words.</source>
        <translation>95-%-Intervall über Modelle und Wörter.</translation>
    </message>
    <message>
        <source>95 % over models and words</source>
        <translation>95 % über Modelle und Wörter</translation>
    </message>
    <message>
        <source>95 % {low} to {high}</source>
        <translation>95 % {low} bis {high}</translation>
    </message>
    <message>
        <source>A batch of {size} would fit.</source>
        <translation>Ein Stapel von {size} würde passen.</translation>
    </message>
    <message>
        <source>A batch of {together} prompts would take {batch}; {device} has {free} free.</source>
        <translation>Ein Stapel von {together} Prompts bräuchte {batch}; auf {device} sind {free} frei.</translation>
    </message>
    <message>
        <source>A chain has at most {most_samplers} samplers.</source>
        <translation>Eine Kette hat höchstens {most_samplers} Sampler.</translation>
    </message>
    <message>
        <source>A chain must be a list of samplers, not {items}.</source>
        <translation>Eine Kette muss eine Liste von Samplern sein, nicht {items}.</translation>
    </message>
    <message>
        <source>A chain of the session is not valid: {error}</source>
        <translation>Eine Kette der Sitzung ist nicht gültig: {error}</translation>
    </message>
    <message>
        <source>A coefficient, R² or a statistic, as named.</source>
        <translation>Ein Koeffizient, R² oder eine Statistik, wie benannt.</translation>
    </message>
    <message>
        <source>A column holds {kinds}; it cannot be written.</source>
        <translation>Eine Spalte enthält {kinds}; das lässt sich nicht schreiben.</translation>
    </message>
    <message>
        <source>A formula that is nothing but a text was taken for the text</source>
        <translation>Eine Formel, die nur aus einem Text besteht, wurde für den Text genommen</translation>
    </message>
    <message>
        <source>A helper process ended unexpectedly (code {code}): {last}</source>
        <translation>Ein Hilfsprozess endete unerwartet (Code {code}): {last}</translation>
    </message>
    <message>
        <source>A hub id is owner/name, as on the model's page.</source>
        <translation>Eine Hub-Kennung ist Besitzer/Name, wie auf der Seite des Modells.</translation>
    </message>
    <message>
        <source>A list in JSON has double quotation marks, and no comma at its end.</source>
        <translation>Eine Liste in JSON hat doppelte Anführungszeichen und am Ende kein Komma.</translation>
    </message>
    <message>
        <source>A prompt has {n_tokens} tokens, the model's context window {longest}.</source>
        <translation>Ein Prompt hat {n_tokens} Tokens, das Kontextfenster des Modells {longest}.</translation>
    </message>
    <message>
        <source>A prompt is empty.</source>
        <translation>Ein Prompt ist leer.</translation>
    </message>
    <message>
        <source>A prompt must be text or a list of token ids, not {ids}.</source>
        <translation>Ein Prompt muss Text oder eine Liste von Token-IDs sein, nicht {ids}.</translation>
    </message>
    <message>
        <source>A prompt of {longest} tokens would take {batch}; {device} has {budget} free. What would fit: {most} tokens.</source>
        <translation>Ein Prompt von {longest} Tokens bräuchte {batch}; auf {device} sind {budget} frei. Es passen: {most} Tokens.</translation>
    </message>
    <message>
        <source>A prompt of {longest} tokens would take {batch}; {device} has {free} free.</source>
        <translation>Ein Prompt von {longest} Tokens bräuchte {batch}; auf {device} sind {free} frei.</translation>
    </message>
    <message>
        <source>A random sequence of {length} different ones needs more; make it shorter.</source>
        <translation>Eine Zufallsfolge von {length} verschiedenen braucht mehr; sie kürzer machen.</translation>
    </message>
    <message>
        <source>A sampler must be given as {{"sampler": name, …}}, not {item}.</source>
        <translation>Ein Sampler wird als {{"sampler": Name, …}} angegeben, nicht als {item}.</translation>
    </message>
    <message>
        <source>A sampler of your own: a formula for what is kept, or for the scores.</source>
        <translation>Ein eigener Sampler: eine Formel für das, was bleibt, oder für die Werte.</translation>
    </message>
    <message>
        <source>A span runs from its first token to one past its last.</source>
        <translation>Eine Spanne reicht vom ersten Token bis eines nach dem letzten.</translation>
    </message>
    <message>
        <source>A sweep needs the libraries dask and distributed, which are not installed.</source>
        <translation>Eine Reihe von Läufen braucht die Bibliotheken dask und distributed, die nicht installiert sind.</translation>
    </message>
    <message>
        <source>A word or a category in it is empty.</source>
        <translation>Ein Wort oder eine Kategorie darin ist leer.</translation>
    </message>
    <message>
        <source>A {name} is an encoder-decoder model (model type {model_type}), not a causal language model.</source>
        <translation>{name} ist ein Encoder-Decoder-Modell (Modelltyp {model_type}), kein kausales Sprachmodell.</translation>
    </message>
    <message>
        <source>A {name} is not a transformers model.</source>
        <translation>{name} ist kein Modell von transformers.</translation>
    </message>
    <message>
        <source>Above 1 away from it, 0 is it alone.</source>
        <translation>Über 1 weg davon, 0 ist er allein.</translation>
    </message>
    <message>
        <source>Above 1 stays low for longer.</source>
        <translation>Über 1 bleibt sie länger niedrig.</translation>
    </message>
    <message>
        <source>Above 1 the tail falls faster.</source>
        <translation>Über 1 fällt das Ende schneller ab.</translation>
    </message>
    <message>
        <source>Above 1, the rest of it is not watched.</source>
        <translation>Über 1 wird der Rest nicht beobachtet.</translation>
    </message>
    <message>
        <source>Accept them on the model's page, then run `hf auth login` and try again.</source>
        <translation>Die Bedingungen auf der Seite des Modells annehmen, dann `hf auth login` ausführen und es noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Active neurons, {said}</source>
        <translation>Aktive Neuronen, {said}</translation>
    </message>
    <message>
        <source>Adaptive-p</source>
        <translation>Adaptive-p</translation>
    </message>
    <message>
        <source>Add a [[prompts]] section to the experiment.</source>
        <translation>Einen Abschnitt [[prompts]] in das Experiment aufnehmen.</translation>
    </message>
    <message>
        <source>Add a [text] section to the experiment.</source>
        <translation>Einen Abschnitt [text] in das Experiment aufnehmen.</translation>
    </message>
    <message>
        <source>Add a [words] section to the experiment.</source>
        <translation>Einen Abschnitt [words] in das Experiment aufnehmen.</translation>
    </message>
    <message>
        <source>Add an [inside] section to the experiment.</source>
        <translation>Einen Abschnitt [inside] in das Experiment aufnehmen.</translation>
    </message>
    <message>
        <source>Adjustments</source>
        <translation>Anpassungen</translation>
    </message>
    <message>
        <source>After a gate that closes (ReLU) those that are not 0, else those above a tenth of the token's largest by size.</source>
        <translation>Nach einem Tor, das schließt (ReLU), die, die nicht 0 sind, sonst die, deren Betrag über einem Zehntel des größten des Tokens liegt.</translation>
    </message>
    <message>
        <source>After the attention; in parallel blocks the stream that enters.</source>
        <translation>Nach der Attention; in parallelen Blöcken der Strom, der eintritt.</translation>
    </message>
    <message>
        <source>After the chain.</source>
        <translation>Nach der Kette.</translation>
    </message>
    <message>
        <source>After the chain; 0: removed.</source>
        <translation>Nach der Kette; 0: entfernt.</translation>
    </message>
    <message>
        <source>After the chain; 0: the token is cut.</source>
        <translation>Nach der Kette; 0: das Token wird entfernt.</translation>
    </message>
    <message>
        <source>After the gate; share_active in percent, participation in neurons.</source>
        <translation>Nach dem Tor; share_active in Prozent, participation in Neuronen.</translation>
    </message>
    <message>
        <source>After the model's own cap or scale of its scores.</source>
        <translation>Nach der eigenen Kappung oder Skalierung der Werte des Modells.</translation>
    </message>
    <message>
        <source>After the softmax.</source>
        <translation>Nach dem Softmax.</translation>
    </message>
    <message>
        <source>After {prompt_end}: {counted}</source>
        <translation>Nach {prompt_end}: {counted}</translation>
    </message>
    <message>
        <source>After {prompt_end}: {left}</source>
        <translation>Nach {prompt_end}: {left}</translation>
    </message>
    <message>
        <source>All layers, {head_text}, {n_words} words</source>
        <translation>Alle Schichten, {head_text}, {n_words} Wörter</translation>
    </message>
    <message>
        <source>All models</source>
        <translation>Alle Modelle</translation>
    </message>
    <message>
        <source>All {size} logits are −inf: no token is possible.</source>
        <translation>Alle {size} Logits sind −inf: Kein Token ist möglich.</translation>
    </message>
    <message>
        <source>An array must not be called {name} in an NPZ file.</source>
        <translation>Ein Array darf in einer NPZ-Datei nicht {name} heißen.</translation>
    </message>
    <message>
        <source>An earlier word with the same tokens where it is read; empty if there is none.</source>
        <translation>Ein früheres Wort, das dort, wo es gelesen wird, dieselben Tokens hat; leer, wenn es keines gibt.</translation>
    </message>
    <message>
        <source>An echo needs a text and at least one repeat of it.</source>
        <translation>Ein Echo braucht einen Text und mindestens eine Wiederholung davon.</translation>
    </message>
    <message>
        <source>An entry names two categories.</source>
        <translation>Ein Eintrag nennt zwei Kategorien.</translation>
    </message>
    <message>
        <source>And of ΔR². Two-sided; by relabelling what the other predictors leave of this one, inside categories where the category is among the others.</source>
        <translation>Und von ΔR². Zweiseitig; durch Umbenennen dessen, was die anderen Prädiktoren von diesem übrig lassen, innerhalb der Kategorien, wo die Kategorie zu den anderen gehört.</translation>
    </message>
    <message>
        <source>Another model than the open one; empty for the open one.</source>
        <translation>Ein anderes Modell als das offene; leer für das offene.</translation>
    </message>
    <message>
        <source>Another sweep runs in {parent}: {whose}.</source>
        <translation>In {parent} läuft eine andere Reihe: {whose}.</translation>
    </message>
    <message>
        <source>Apple GPU</source>
        <translation>Apple-GPU</translation>
    </message>
    <message>
        <source>Are the columns the other way round? {hint}</source>
        <translation>Sind die Spalten vertauscht? {hint}</translation>
    </message>
    <message>
        <source>Arrays are not written as {file_format}.</source>
        <translation>Arrays werden nicht als {file_format} geschrieben.</translation>
    </message>
    <message>
        <source>Arrays of {dtype} cannot be kept in a session.</source>
        <translation>Arrays aus {dtype} können in keiner Sitzung stehen.</translation>
    </message>
    <message>
        <source>As P-less, but a flat distribution is not cut at all; nothing to set.</source>
        <translation>Wie P-less, doch eine flache Verteilung wird gar nicht beschnitten; nichts einzustellen.</translation>
    </message>
    <message>
        <source>As it is drawn; empty for what is no cell.</source>
        <translation>Wie sie gezeichnet ist; leer, was keine Zelle ist.</translation>
    </message>
    <message>
        <source>As it was asked for.</source>
        <translation>Wie sie verlangt wurde.</translation>
    </message>
    <message>
        <source>As the experiment names it.</source>
        <translation>Wie das Experiment es nennt.</translation>
    </message>
    <message>
        <source>As the experiment names it; it may be the same.</source>
        <translation>Wie das Experiment es nennt; es kann dasselbe sein.</translation>
    </message>
    <message>
        <source>As the experiment names it; maps: the experiment's own.</source>
        <translation>Wie das Experiment es nennt; Karten: das des Experiments selbst.</translation>
    </message>
    <message>
        <source>As the sweep file names it, or median: of all models.</source>
        <translation>Wie die Datei der Reihe es nennt, oder median: aller Modelle.</translation>
    </message>
    <message>
        <source>As the sweep file names it.</source>
        <translation>Wie die Datei der Reihe es nennt.</translation>
    </message>
    <message>
        <source>Ask for one layer at a time.</source>
        <translation>Eine Schicht nach der anderen verlangen.</translation>
    </message>
    <message>
        <source>Ask its owner for access, then run `hf auth login`.</source>
        <translation>Beim Besitzer um Zugang bitten, dann `hf auth login` ausführen.</translation>
    </message>
    <message>
        <source>Asking the hub about {repository}</source>
        <translation>Hub nach {repository} fragen</translation>
    </message>
    <message>
        <source>At K and V a key/value head, of which there may be fewer than query heads.</source>
        <translation>Bei K und V ein Key/Value-Kopf, von denen es weniger geben kann als Query-Köpfe.</translation>
    </message>
    <message>
        <source>At K and V a key/value head.</source>
        <translation>Bei K und V ein Key/Value-Kopf.</translation>
    </message>
    <message>
        <source>At any distance below 1024.</source>
        <translation>Bei jedem Abstand unter 1024.</translation>
    </message>
    <message>
        <source>At any distance that is drawn.</source>
        <translation>Bei irgendeinem gezeichneten Abstand.</translation>
    </message>
    <message>
        <source>At the last token; the logit after a cap.</source>
        <translation>Beim letzten Token; der Logit nach einer Begrenzung.</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>Aufmerksamkeit</translation>
    </message>
    <message>
        <source>Attention added</source>
        <translation>Attention addiert</translation>
    </message>
    <message>
        <source>Attention and MLP in parallel; Q, K and V fused per head.</source>
        <translation>Attention und MLP parallel; Q, K und V je Kopf vereint.</translation>
    </message>
    <message>
        <source>Attention heads</source>
        <translation>Aufmerksamkeitsköpfe</translation>
    </message>
    <message>
        <source>Attention of a layer</source>
        <translation>Aufmerksamkeit einer Schicht</translation>
    </message>
    <message>
        <source>Attention out</source>
        <translation>Attention aus</translation>
    </message>
    <message>
        <source>Balance</source>
        <translation>Anteile</translation>
    </message>
    <message>
        <source>Balance of the blocks</source>
        <translation>Bilanz der Blöcke</translation>
    </message>
    <message>
        <source>Before and after the norm.</source>
        <translation>Vor und nach der Norm.</translation>
    </message>
    <message>
        <source>Before the softmax, of every query with every key as if they stood so far apart: of the pair, or of all. In the map of all heads, their reach in tokens.</source>
        <translation>Vor dem Softmax, jede Anfrage mit jedem Schlüssel, als lägen sie so weit auseinander: des Paares oder aller. In der Karte aller Köpfe ihre Reichweite in Tokens.</translation>
    </message>
    <message>
        <source>Below 1 sharpens, above 1 flattens, 0 is greedy.</source>
        <translation>Unter 1 schärft, über 1 verflacht, 0 nimmt immer das beste.</translation>
    </message>
    <message>
        <source>Bends the scores, so that likely tokens come nearer and the tail falls.</source>
        <translation>Biegt die Werte, sodass wahrscheinliche Tokens näher rücken und das Ende abfällt.</translation>
    </message>
    <message>
        <source>Beside that of the altered model.</source>
        <translation>Neben dem des veränderten Modells.</translation>
    </message>
    <message>
        <source>Between 0 and 1 where a sampler acts by chance.</source>
        <translation>Zwischen 0 und 1, wo ein Sampler zufällig eingreift.</translation>
    </message>
    <message>
        <source>Both {both} divide its lines into columns.</source>
        <translation>Sowohl {both} teilen die Zeilen in Spalten.</translation>
    </message>
    <message>
        <source>By exchanging words before and after.</source>
        <translation>Durch Vertauschen von Wörtern vorher und nachher.</translation>
    </message>
    <message>
        <source>By layer, word and word, float32; by carrier sentence first where there are several.</source>
        <translation>Nach Schicht, Wort und Wort, float32; zuerst nach Trägersatz, wenn es mehrere gibt.</translation>
    </message>
    <message>
        <source>By layer: why there is NaN; empty where there is none.</source>
        <translation>Nach Schicht: warum dort NaN steht; leer, wo keines steht.</translation>
    </message>
    <message>
        <source>By size of the score.</source>
        <translation>Nach der Größe des Werts.</translation>
    </message>
    <message>
        <source>CKA needs at least {least_tokens} tokens, here there are {n}</source>
        <translation>CKA braucht mindestens {least_tokens} Tokens, hier sind es {n}</translation>
    </message>
    <message>
        <source>CKA needs at least {min_words} words, here there are {n_words}</source>
        <translation>CKA braucht mindestens {min_words} Wörter, hier sind es {n_words}</translation>
    </message>
    <message>
        <source>Call eval() of the model first.</source>
        <translation>Zuerst eval() des Modells aufrufen.</translation>
    </message>
    <message>
        <source>Candidates</source>
        <translation>Kandidaten</translation>
    </message>
    <message>
        <source>Candidates of the next token</source>
        <translation>Kandidaten für das nächste Token</translation>
    </message>
    <message>
        <source>Cannot {doing}: {strerror} ({filename}).</source>
        <translation>Nicht möglich: {doing}: {strerror} ({filename}).</translation>
    </message>
    <message>
        <source>Capture both with the same words.</source>
        <translation>Beide mit denselben Wörtern erfassen.</translation>
    </message>
    <message>
        <source>Capture fewer sites, layers or prompts.</source>
        <translation>Weniger Stellen, Schichten oder Prompts aufzeichnen.</translation>
    </message>
    <message>
        <source>Capture fewer sites.</source>
        <translation>Weniger Stellen aufzeichnen.</translation>
    </message>
    <message>
        <source>Capture it again.</source>
        <translation>Noch einmal aufzeichnen.</translation>
    </message>
    <message>
        <source>Capture them first.</source>
        <translation>Sie zuerst erfassen.</translation>
    </message>
    <message>
        <source>Causal RSA</source>
        <translation>Kausale RSA</translation>
    </message>
    <message>
        <source>Chain map</source>
        <translation>Kettenkarte</translation>
    </message>
    <message>
        <source>Chains: {presets}.</source>
        <translation>Ketten: {presets}.</translation>
    </message>
    <message>
        <source>Character {position} of the rule: {problem}.</source>
        <translation>Zeichen {position} der Regel: {problem}.</translation>
    </message>
    <message>
        <source>Check its name.</source>
        <translation>Den Namen prüfen.</translation>
    </message>
    <message>
        <source>Check that the file is there and may be read.</source>
        <translation>Prüfen, ob die Datei da ist und gelesen werden darf.</translation>
    </message>
    <message>
        <source>Check that the file may be read, or move it away.</source>
        <translation>Prüfen, ob die Datei gelesen werden darf, oder sie verschieben.</translation>
    </message>
    <message>
        <source>Check that the file may be read.</source>
        <translation>Prüfen, ob die Datei gelesen werden darf.</translation>
    </message>
    <message>
        <source>Check the network connection and try again.</source>
        <translation>Die Netzverbindung prüfen und es noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Check the network connection and try again. {by_hand}</source>
        <translation>Die Netzverbindung prüfen und es noch einmal versuchen. {by_hand}</translation>
    </message>
    <message>
        <source>Check the network connection, or open a local folder or .gguf file.{meant}</source>
        <translation>Die Netzverbindung prüfen oder einen lokalen Ordner oder eine .gguf-Datei öffnen.{meant}</translation>
    </message>
    <message>
        <source>Checking {name}</source>
        <translation>{name} prüfen</translation>
    </message>
    <message>
        <source>Choose 1 to {most_lags}.</source>
        <translation>1 bis {most_lags} wählen.</translation>
    </message>
    <message>
        <source>Choose CSV or JSON.</source>
        <translation>CSV oder JSON wählen.</translation>
    </message>
    <message>
        <source>Choose CSV, JSON or Parquet.</source>
        <translation>CSV, JSON oder Parquet wählen.</translation>
    </message>
    <message>
        <source>Choose NPZ.</source>
        <translation>NPZ wählen.</translation>
    </message>
    <message>
        <source>Choose a decoder, as GPT, Llama or Gemma.</source>
        <translation>Einen Decoder wählen, wie GPT, Llama oder Gemma.</translation>
    </message>
    <message>
        <source>Choose a folder outside of it.</source>
        <translation>Einen Ordner außerhalb wählen.</translation>
    </message>
    <message>
        <source>Choose an empty folder.</source>
        <translation>Einen leeren Ordner wählen.</translation>
    </message>
    <message>
        <source>Choose another chain, or correct it in the window.</source>
        <translation>Eine andere Kette wählen oder sie im Fenster berichtigen.</translation>
    </message>
    <message>
        <source>Choose another chain.</source>
        <translation>Eine andere Kette wählen.</translation>
    </message>
    <message>
        <source>Choose another file.</source>
        <translation>Eine andere Datei wählen.</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>Wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>Choose another format.</source>
        <translation>Ein anderes Format wählen.</translation>
    </message>
    <message>
        <source>Choose another model.</source>
        <translation>Ein anderes Modell wählen.</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>Einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>Choose another one, or go on with the sweep in it by --resume.</source>
        <translation>Wählen Sie einen anderen oder setzen Sie die Reihe darin mit --resume fort.</translation>
    </message>
    <message>
        <source>Choose another site or another model.</source>
        <translation>Eine andere Stelle oder ein anderes Modell wählen.</translation>
    </message>
    <message>
        <source>Choose another text, or give a token by its id.</source>
        <translation>Einen anderen Text wählen oder ein Token durch seine Nummer angeben.</translation>
    </message>
    <message>
        <source>Choose another text, with the space before it.</source>
        <translation>Einen anderen Text wählen, mit dem Leerzeichen davor.</translation>
    </message>
    <message>
        <source>Choose auto or one of: {dtypes}.</source>
        <translation>auto oder eines davon wählen: {dtypes}.</translation>
    </message>
    <message>
        <source>Choose auto, offload or one of: {names}.</source>
        <translation>Wählen Sie auto, offload oder eines von: {names}.</translation>
    </message>
    <message>
        <source>Choose files with text.</source>
        <translation>Dateien mit Text wählen.</translation>
    </message>
    <message>
        <source>Choose one of {formats}.</source>
        <translation>Eines davon wählen: {formats}.</translation>
    </message>
    <message>
        <source>Choose the device cpu or offload, bfloat16, or a smaller model.</source>
        <translation>Wählen Sie das Gerät cpu oder offload, bfloat16 oder ein kleineres Modell.</translation>
    </message>
    <message>
        <source>Choose {smaller}, or the CPU.</source>
        <translation>{smaller} oder die CPU wählen.</translation>
    </message>
    <message>
        <source>Choose {smaller}.</source>
        <translation>{smaller} wählen.</translation>
    </message>
    <message>
        <source>Close other programs and try again.</source>
        <translation>Andere Programme schließen und es noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Close other programs, choose bfloat16 or the device offload, or a smaller model.</source>
        <translation>Schließen Sie andere Programme, wählen Sie bfloat16 oder das Gerät offload oder ein kleineres Modell.</translation>
    </message>
    <message>
        <source>Close other programs, choose bfloat16, or choose a smaller model.</source>
        <translation>Andere Programme schließen, bfloat16 oder ein kleineres Modell wählen.</translation>
    </message>
    <message>
        <source>Close other programs, or choose a smaller model.</source>
        <translation>Andere Programme schließen oder ein kleineres Modell wählen.</translation>
    </message>
    <message>
        <source>Coefficient over its standard error.</source>
        <translation>Koeffizient durch seinen Standardfehler.</translation>
    </message>
    <message>
        <source>Cohen's d</source>
        <translation>Cohens d</translation>
    </message>
    <message>
        <source>Cohen's d without its small-sample bias.</source>
        <translation>Cohens d ohne die Verzerrung kleiner Stichproben.</translation>
    </message>
    <message>
        <source>Compare prompts</source>
        <translation>Prompts vergleichen</translation>
    </message>
    <message>
        <source>Compare runs</source>
        <translation>Läufe vergleichen</translation>
    </message>
    <message>
        <source>Compare them by token text.</source>
        <translation>Nach dem Text der Tokens vergleichen.</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Compatibility before the softmax that places alone make, less that at distance 0: the log of weights in texts of one token over and over.</source>
        <translation>Verträglichkeit vor dem Softmax, die allein Plätze machen, weniger der beim Abstand 0: der Logarithmus von Gewichten in Texten aus immer demselben Token.</translation>
    </message>
    <message>
        <source>Compute both with the same parameters.</source>
        <translation>Beide mit denselben Parametern berechnen.</translation>
    </message>
    <message>
        <source>Concordant less discordant, over all pairs of values.</source>
        <translation>Konkordante minus diskordante, über alle Paare von Werten.</translation>
    </message>
    <message>
        <source>Continuation</source>
        <translation>Fortsetzung</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>Kontrast</translation>
    </message>
    <message>
        <source>Convert it to float32, float16 or bfloat16.</source>
        <translation>In float32, float16 oder bfloat16 umwandeln.</translation>
    </message>
    <message>
        <source>Converting {name}</source>
        <translation>{name} umwandeln</translation>
    </message>
    <message>
        <source>Converting {name} ran out of memory; it takes about {needed}.</source>
        <translation>Beim Umwandeln von {name} ging der Speicher aus; es braucht etwa {needed}.</translation>
    </message>
    <message>
        <source>Converting {name} took more than {time_limit} minutes and was stopped.</source>
        <translation>Das Umwandeln von {name} dauerte mehr als {time_limit} Minuten und wurde abgebrochen.</translation>
    </message>
    <message>
        <source>Converting {name}: loading the libraries</source>
        <translation>{name} umwandeln: Bibliotheken laden</translation>
    </message>
    <message>
        <source>Converting {name}: reading the tokenizer</source>
        <translation>{name} umwandeln: Tokenizer lesen</translation>
    </message>
    <message>
        <source>Converting {name}: reading the weights</source>
        <translation>{name} umwandeln: Gewichte lesen</translation>
    </message>
    <message>
        <source>Converting {name}: writing the weights</source>
        <translation>{name} umwandeln: Gewichte schreiben</translation>
    </message>
    <message>
        <source>Copy the file into the folder.</source>
        <translation>Die Datei in den Ordner kopieren.</translation>
    </message>
    <message>
        <source>Correct it and try again.</source>
        <translation>Berichtigen und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Correct its form and try again.</source>
        <translation>Das Formular berichtigen und es noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Curly quotation marks were taken off</source>
        <translation>Typografische Anführungszeichen wurden weggenommen</translation>
    </message>
    <message>
        <source>Cuts</source>
        <translation>Schnitte</translation>
    </message>
    <message>
        <source>Cuts after the steepest step of the sorted logits, whatever the temperature.</source>
        <translation>Schneidet nach der steilsten Stufe der sortierten Logits, gleich bei welcher Temperatur.</translation>
    </message>
    <message>
        <source>Cuts so that the surprise stays near a target, and chooses the token.</source>
        <translation>Schneidet so ab, dass die Überraschung nahe einem Ziel bleibt, und wählt das Token.</translation>
    </message>
    <message>
        <source>Cuts the tail where the sorted probabilities have become flat.</source>
        <translation>Schneidet das Ende ab, wo die sortierten Wahrscheinlichkeiten flach geworden sind.</translation>
    </message>
    <message>
        <source>DRY</source>
        <translation>DRY</translation>
    </message>
    <message>
        <source>Debiased CKA</source>
        <translation>Unverzerrtes CKA</translation>
    </message>
    <message>
        <source>Delete its files yourself if you no longer need them.</source>
        <translation>Die Dateien selbst löschen, wenn sie nicht mehr gebraucht werden.</translation>
    </message>
    <message>
        <source>Delete {blob} and open the model again; it will be fetched anew.</source>
        <translation>{blob} löschen und das Modell wieder öffnen; es wird neu geholt.</translation>
    </message>
    <message>
        <source>Dendrograms</source>
        <translation>Dendrogramme</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>Tiefe</translation>
    </message>
    <message>
        <source>Did you mean {close}?</source>
        <translation>Gemeint ist vielleicht {close}?</translation>
    </message>
    <message>
        <source>Did you mean {names}?</source>
        <translation>Gemeint ist vielleicht {names}?</translation>
    </message>
    <message>
        <source>Did you mean {names}? {choices}</source>
        <translation>Gemeint ist vielleicht {names}? {choices}</translation>
    </message>
    <message>
        <source>Direct correlation</source>
        <translation>Direkte Korrelation</translation>
    </message>
    <message>
        <source>Direct {place}, n = {n_words}</source>
        <translation>Direkt {place}, n = {n_words}</translation>
    </message>
    <message>
        <source>Distributions</source>
        <translation>Verteilungen</translation>
    </message>
    <message>
        <source>Distributions over {size} and {size2} tokens cannot be compared by token id.</source>
        <translation>Verteilungen über {size} und {size2} Tokens lassen sich nicht nach Token-ID vergleichen.</translation>
    </message>
    <message>
        <source>Divide columns by commas. {named}</source>
        <translation>Spalten durch Kommas trennen. {named}</translation>
    </message>
    <message>
        <source>Divides or multiplies seen logits.</source>
        <translation>Teilt oder vervielfacht die Logits gesehener Tokens.</translation>
    </message>
    <message>
        <source>Donors</source>
        <translation>Geber</translation>
    </message>
    <message>
        <source>Downloading {repository}: {so_far} of {total} MB</source>
        <translation>{repository} laden: {so_far} von {total} MB</translation>
    </message>
    <message>
        <source>Downloading {title}</source>
        <translation>{title} laden</translation>
    </message>
    <message>
        <source>Draw{by}: {where}
{token}</source>
        <translation>Ziehung{by}: {where}
{token}</translation>
    </message>
    <message>
        <source>Drops tokens above a moving limit of surprise, and chooses the token.</source>
        <translation>Entfernt Tokens über einer beweglichen Grenze der Überraschung und wählt das Token.</translation>
    </message>
    <message>
        <source>Drops tokens below a fixed probability.</source>
        <translation>Entfernt Tokens unter einer festen Wahrscheinlichkeit.</translation>
    </message>
    <message>
        <source>Drops tokens below a probability that falls with the entropy.</source>
        <translation>Entfernt Tokens unter einer Wahrscheinlichkeit, die mit der Entropie fällt.</translation>
    </message>
    <message>
        <source>Drops tokens below a share of the best probability squared.</source>
        <translation>Entfernt Tokens unter einem Anteil am Quadrat der besten Wahrscheinlichkeit.</translation>
    </message>
    <message>
        <source>Drops tokens less probable than a fraction of the best.</source>
        <translation>Entfernt Tokens, die weniger wahrscheinlich sind als ein Bruchteil des besten.</translation>
    </message>
    <message>
        <source>Drops tokens less probable than that two draws are the same; nothing to set.</source>
        <translation>Entfernt Tokens, die unwahrscheinlicher sind als dass zwei Ziehungen gleich ausfallen; nichts einzustellen.</translation>
    </message>
    <message>
        <source>Dynamic temperature</source>
        <translation>Dynamische Temperatur</translation>
    </message>
    <message>
        <source>Each must have {shape} numbers, as the rows of the {vocabulary}.</source>
        <translation>Jeder muss {shape} Zahlen haben, wie die Zeilen der {vocabulary}.</translation>
    </message>
    <message>
        <source>Each other model against all.</source>
        <translation>Jedes andere Modell gegen alle.</translation>
    </message>
    <message>
        <source>Each other model against their mean.</source>
        <translation>Jedes andere Modell gegen deren Mittel.</translation>
    </message>
    <message>
        <source>Echo of {unit}</source>
        <translation>Echo von {unit}</translation>
    </message>
    <message>
        <source>Effects</source>
        <translation>Wirkungen</translation>
    </message>
    <message>
        <source>Effects of interventions</source>
        <translation>Wirkungen der Eingriffe</translation>
    </message>
    <message>
        <source>Empty at the embedding.</source>
        <translation>Leer beim Embedding.</translation>
    </message>
    <message>
        <source>Empty for all together, with what is not turned.</source>
        <translation>Leer für alle zusammen, samt dem, was nicht gedreht wird.</translation>
    </message>
    <message>
        <source>Empty for marks that are no bins.</source>
        <translation>Leer bei Zeichen, die keine Klassen sind.</translation>
    </message>
    <message>
        <source>Empty for normal scores.</source>
        <translation>Leer bei Normalwerten.</translation>
    </message>
    <message>
        <source>Empty for tokens of the prompt.</source>
        <translation>Leer bei Tokens des Prompts.</translation>
    </message>
    <message>
        <source>Empty where the whole stream is patched.</source>
        <translation>Leer, wo der ganze Strom eingesetzt wird.</translation>
    </message>
    <message>
        <source>Epsilon cutoff</source>
        <translation>Epsilon-Grenze</translation>
    </message>
    <message>
        <source>Eta cutoff</source>
        <translation>Eta-Grenze</translation>
    </message>
    <message>
        <source>Every cell stands in single quotation marks.</source>
        <translation>Jede Zelle steht in einfachen Anführungszeichen.</translation>
    </message>
    <message>
        <source>Every line begins with a bullet or a number.</source>
        <translation>Jede Zeile beginnt mit einem Aufzählungszeichen oder einer Zahl.</translation>
    </message>
    <message>
        <source>Every line holds several blanks in a row, as columns of one width do.</source>
        <translation>Jede Zeile enthält mehrere Leerzeichen hintereinander, wie Spalten gleicher Breite.</translation>
    </message>
    <message>
        <source>Every line holds “{sign}”, which does not divide columns here.</source>
        <translation>Jede Zeile enthält „{sign}“, das hier keine Spalten trennt.</translation>
    </message>
    <message>
        <source>Every word has a category of its own.</source>
        <translation>Jedes Wort hat eine eigene Kategorie.</translation>
    </message>
    <message>
        <source>Every word holds a blank: if blanks divide columns, say sep= and a blank.</source>
        <translation>Jedes Wort enthält ein Leerzeichen: Wenn Leerzeichen die Spalten trennen, schreiben Sie sep= und ein Leerzeichen in die erste Zeile.</translation>
    </message>
    <message>
        <source>Favours tokens near a target probability, corrected by past choices, and chooses one.</source>
        <translation>Bevorzugt Tokens nahe einer Zielwahrscheinlichkeit, nach früheren Wahlen berichtigt, und wählt eines.</translation>
    </message>
    <message>
        <source>Fetch it again, or open another file.</source>
        <translation>Sie noch einmal holen oder eine andere Datei öffnen.</translation>
    </message>
    <message>
        <source>Fetch it again.</source>
        <translation>Noch einmal holen.</translation>
    </message>
    <message>
        <source>Fetch the file again, or another file of the model.</source>
        <translation>Die Datei noch einmal holen oder eine andere Datei des Modells.</translation>
    </message>
    <message>
        <source>Fetch the file again.</source>
        <translation>Die Datei noch einmal holen.</translation>
    </message>
    <message>
        <source>Fetch the model again, from its publisher.</source>
        <translation>Das Modell noch einmal von seinem Herausgeber holen.</translation>
    </message>
    <message>
        <source>Fetch the model again.</source>
        <translation>Das Modell noch einmal holen.</translation>
    </message>
    <message>
        <source>First distance behind that of the largest mean compatibility at which it is below half.</source>
        <translation>Erster Abstand hinter dem der größten mittleren Verträglichkeit, bei dem sie unter der Hälfte liegt.</translation>
    </message>
    <message>
        <source>Fisher z</source>
        <translation>Fisher-z</translation>
    </message>
    <message>
        <source>Fisher's z of a correlation; ±inf where |r| = 1.</source>
        <translation>Fisher-z einer Korrelation; ±inf, wo |r| = 1.</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Anpassungsgüte</translation>
    </message>
    <message>
        <source>Followed tokens</source>
        <translation>Verfolgte Tokens</translation>
    </message>
    <message>
        <source>For a bin: its lower edge.</source>
        <translation>Bei einer Klasse: ihr unterer Rand.</translation>
    </message>
    <message>
        <source>For the model; 1 is the best, −1 for the first token.</source>
        <translation>Für das Modell; 1 ist der beste, −1 für das erste Token.</translation>
    </message>
    <message>
        <source>For the model; 1 is the best.</source>
        <translation>Für das Modell; 1 ist der beste.</translation>
    </message>
    <message>
        <source>Forbids tokens that would repeat n tokens in a row.</source>
        <translation>Verbietet Tokens, die n aufeinanderfolgende Tokens wiederholen würden.</translation>
    </message>
    <message>
        <source>Free some disk, choose bfloat16, or choose a smaller model.</source>
        <translation>Schaffen Sie Platz auf der Platte, wählen Sie bfloat16 oder ein kleineres Modell.</translation>
    </message>
    <message>
        <source>Free some space, or choose a folder on another disk.</source>
        <translation>Platz schaffen oder einen Ordner auf einem anderen Datenträger wählen.</translation>
    </message>
    <message>
        <source>Free some space, or set HF_HOME to a folder on another disk.</source>
        <translation>Platz schaffen oder HF_HOME auf einen Ordner auf einem anderen Datenträger setzen.</translation>
    </message>
    <message>
        <source>Free some space, or set LAMINOSCOPE_CACHE to a folder on another disk.</source>
        <translation>Platz schaffen oder LAMINOSCOPE_CACHE auf einen Ordner auf einem anderen Datenträger setzen.</translation>
    </message>
    <message>
        <source>From 0, the largest first.</source>
        <translation>Von 0 an, die größte zuerst.</translation>
    </message>
    <message>
        <source>Give a catalog name, a folder, a .gguf file, or a hub id such as owner/name.</source>
        <translation>Einen Namen des Katalogs, einen Ordner, eine .gguf-Datei oder eine Hub-Kennung wie besitzer/name angeben.</translation>
    </message>
    <message>
        <source>Give a vector as long as the stream.</source>
        <translation>Einen Vektor geben, der so lang ist wie der Strom.</translation>
    </message>
    <message>
        <source>Give at least one.</source>
        <translation>Mindestens einen angeben.</translation>
    </message>
    <message>
        <source>Give it a [words], a [text], a [[prompts]] or an [inside] section.</source>
        <translation>Einen Abschnitt [words], [text], [[prompts]] oder [inside] hineinschreiben.</translation>
    </message>
    <message>
        <source>Give it as {{"category": ["space", …], "word": ["comet", …]}}.</source>
        <translation>Geben Sie es als {{"category": ["space", …], "word": ["comet", …]}} an.</translation>
    </message>
    <message>
        <source>Give it as {{"category": ["word", …]}}, as a list of words, or as a table.</source>
        <translation>Als {{"category": ["word", …]}}, als Liste von Wörtern oder als Tabelle angeben.</translation>
    </message>
    <message>
        <source>Give its experiment a section to run, or the sweep [lists] of words.</source>
        <translation>Geben Sie ihrem Experiment einen Abschnitt oder der Reihe [lists] mit Wörtern.</translation>
    </message>
    <message>
        <source>Give its id instead.</source>
        <translation>Stattdessen seine ID angeben.</translation>
    </message>
    <message>
        <source>Give lists of token ids instead, or none: [].</source>
        <translation>Stattdessen Listen von Token-IDs angeben oder keine: [].</translation>
    </message>
    <message>
        <source>Give one another name.</source>
        <translation>Geben Sie einer einen anderen Namen.</translation>
    </message>
    <message>
        <source>Give one of them by its id.</source>
        <translation>Eines davon mit seiner ID angeben.</translation>
    </message>
    <message>
        <source>Give other breakers, or tokens by their ids.</source>
        <translation>Andere Trenner oder Tokens mit ihren IDs angeben.</translation>
    </message>
    <message>
        <source>Give texts of one token each, with the space before them.</source>
        <translation>Texte von je einem Token angeben, mit dem Leerzeichen davor.</translation>
    </message>
    <message>
        <source>Give the prompt as a list of token ids.</source>
        <translation>Den Prompt als Liste von Token-IDs angeben.</translation>
    </message>
    <message>
        <source>Give the text as token ids.</source>
        <translation>Den Text als Token-IDs angeben.</translation>
    </message>
    <message>
        <source>Give the token's id instead.</source>
        <translation>Stattdessen die ID des Tokens angeben.</translation>
    </message>
    <message>
        <source>Give token ids.</source>
        <translation>Token-IDs angeben.</translation>
    </message>
    <message>
        <source>Give what AutoModelForCausalLM.from_pretrained returns.</source>
        <translation>Angeben, was AutoModelForCausalLM.from_pretrained liefert.</translation>
    </message>
    <message>
        <source>Go on with --resume; fewer --workers take less memory.</source>
        <translation>Setzen Sie mit --resume fort; weniger --workers brauchen weniger Speicher.</translation>
    </message>
    <message>
        <source>Growth with each repeated token.</source>
        <translation>Wachstum mit jedem wiederholten Token.</translation>
    </message>
    <message>
        <source>Guidance</source>
        <translation>Führung</translation>
    </message>
    <message>
        <source>Head {head}</source>
        <translation>Kopf {head}</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>Köpfe</translation>
    </message>
    <message>
        <source>Heads at {site_label}</source>
        <translation>Köpfe bei {site_label}</translation>
    </message>
    <message>
        <source>Heads over many texts</source>
        <translation>Köpfe über viele Texte</translation>
    </message>
    <message>
        <source>Heads run from 0 to {n_heads}.</source>
        <translation>Köpfe zählen von 0 bis {n_heads}.</translation>
    </message>
    <message>
        <source>Heads that do the same, by {scales}</source>
        <translation>Köpfe, die dasselbe tun, nach: {scales}</translation>
    </message>
    <message>
        <source>How far heads reach</source>
        <translation>Wie weit Köpfe reichen</translation>
    </message>
    <message>
        <source>How far it may move either way.</source>
        <translation>Wie weit sie nach oben und unten gehen darf.</translation>
    </message>
    <message>
        <source>How far the pair is from the line of least squares of the second site's similarities on the first's.</source>
        <translation>Wie weit das Paar von der Geraden der kleinsten Quadrate der Ähnlichkeiten der zweiten Stelle auf die der ersten entfernt ist.</translation>
    </message>
    <message>
        <source>How fast the limit follows past surprises.</source>
        <translation>Wie schnell die Grenze früheren Überraschungen folgt.</translation>
    </message>
    <message>
        <source>How likely it is that XTC does this.</source>
        <translation>Wie wahrscheinlich es ist, dass XTC das tut.</translation>
    </message>
    <message>
        <source>How long past choices count.</source>
        <translation>Wie lange frühere Wahlen zählen.</translation>
    </message>
    <message>
        <source>How many candidates stay whatever the rule says.</source>
        <translation>Wie viele Kandidaten bleiben, was die Regel auch sagt.</translation>
    </message>
    <message>
        <source>How many d is over.</source>
        <translation>Über wie viele d berechnet ist.</translation>
    </message>
    <message>
        <source>How many deviations; 0 or less is off.</source>
        <translation>Wie viele Abweichungen; 0 oder weniger ist aus.</translation>
    </message>
    <message>
        <source>How many exchanges p is from.</source>
        <translation>Aus wie vielen Vertauschungen p ist.</translation>
    </message>
    <message>
        <source>How many in a row; 0 is off.</source>
        <translation>Wie viele hintereinander; 0 ist aus.</translation>
    </message>
    <message>
        <source>How many of the latest tokens are looked at; 0 or -1 is off.</source>
        <translation>Wie viele der letzten Tokens angesehen werden; 0 oder -1 ist aus.</translation>
    </message>
    <message>
        <source>How many of the text something stands before.</source>
        <translation>Vor wie vielen des Textes etwas steht.</translation>
    </message>
    <message>
        <source>How many of the words' rows are not copies of another: effective n.</source>
        <translation>Wie viele Zeilen der Wörter keine Kopien anderer sind: effektives n.</translation>
    </message>
    <message>
        <source>How many pairs of words the score is over.</source>
        <translation>Über wie viele Wortpaare der Wert geht.</translation>
    </message>
    <message>
        <source>How many relabellings p is from.</source>
        <translation>Aus wie vielen Vertauschungen p ist.</translation>
    </message>
    <message>
        <source>How many resamples of the words gave a score.</source>
        <translation>Wie viele Ziehungen der Wörter einen Wert gaben.</translation>
    </message>
    <message>
        <source>How many texts, or random sequences, the means are over.</source>
        <translation>Über wie viele Texte oder Zufallsfolgen die Mittel sind.</translation>
    </message>
    <message>
        <source>How many the correlation is over.</source>
        <translation>Über wie viele die Korrelation geht.</translation>
    </message>
    <message>
        <source>How many the mean is over.</source>
        <translation>Über wie viele das Mittel geht.</translation>
    </message>
    <message>
        <source>How many the score is over.</source>
        <translation>Über wie viele der Wert berechnet ist.</translation>
    </message>
    <message>
        <source>How many there are before any chain.</source>
        <translation>Wie viele es vor jeder Kette gibt.</translation>
    </message>
    <message>
        <source>How many tokens, or words, the number is over.</source>
        <translation>Über wie viele Tokens oder Wörter die Zahl berechnet ist.</translation>
    </message>
    <message>
        <source>How many words the dendrogram is of.</source>
        <translation>Von wie vielen Wörtern das Dendrogramm ist.</translation>
    </message>
    <message>
        <source>How many words the map is of.</source>
        <translation>Von wie vielen Wörtern die Karte ist.</translation>
    </message>
    <message>
        <source>How many words the number is over.</source>
        <translation>Über wie viele Wörter die Zahl geht.</translation>
    </message>
    <message>
        <source>How many; 0 or -1 is off.</source>
        <translation>Wie viele; 0 oder -1 ist aus.</translation>
    </message>
    <message>
        <source>How much less of the similarities the predictors explain without this one.</source>
        <translation>Um wie viel weniger von den Ähnlichkeiten die Prädiktoren ohne diesen erklären.</translation>
    </message>
    <message>
        <source>How often it acts; 0 is off.</source>
        <translation>Wie oft er eingreift; 0 ist aus.</translation>
    </message>
    <message>
        <source>How strongly; 0 is off.</source>
        <translation>Wie stark; 0 ist aus.</translation>
    </message>
    <message>
        <source>How the bias of heads falls</source>
        <translation>Wie der Bias von Köpfen fällt</translation>
    </message>
    <message>
        <source>How the word was split into tokens, divided by |.</source>
        <translation>Wie das Wort in Tokens zerlegt wurde, durch | getrennt.</translation>
    </message>
    <message>
        <source>Hugging Face</source>
        <translation>Hugging Face</translation>
    </message>
    <message>
        <source>If it does, put sep={sign} in a first line. {named}</source>
        <translation>Falls doch, sep={sign} in eine erste Zeile setzen. {named}</translation>
    </message>
    <message>
        <source>If these are words, name them: put “word” in a first line.</source>
        <translation>Sind das Wörter, sie benennen: „word“ in eine erste Zeile setzen.</translation>
    </message>
    <message>
        <source>In how many tokens the pair turns once.</source>
        <translation>In wie vielen Tokens sich das Paar einmal dreht.</translation>
    </message>
    <message>
        <source>In the order that the view says.</source>
        <translation>In der Reihenfolge der Ansicht.</translation>
    </message>
    <message>
        <source>In units of 1 − similarity, or of the distance.</source>
        <translation>In Einheiten von 1 − Ähnlichkeit, oder des Abstands.</translation>
    </message>
    <message>
        <source>Install Laminoscope again.</source>
        <translation>Installieren Sie Laminoscope neu.</translation>
    </message>
    <message>
        <source>Install it again: {install_again}</source>
        <translation>Installieren Sie sie neu: {install_again}</translation>
    </message>
    <message>
        <source>Install laminoscope[parquet], or choose another format.</source>
        <translation>laminoscope[parquet] installieren oder ein anderes Format wählen.</translation>
    </message>
    <message>
        <source>Install them with pip install "laminoscope[cluster]".</source>
        <translation>Installieren Sie sie mit pip install "laminoscope[cluster]".</translation>
    </message>
    <message>
        <source>Intervention {number} cannot be made at {site}: attention and MLP stand side by side and have one residual.</source>
        <translation>Eingriff {number} ist an {site} nicht möglich: Attention und MLP stehen nebeneinander und haben ein gemeinsames Residuum.</translation>
    </message>
    <message>
        <source>Intervention {number} cannot be made at {site}: {missing}.</source>
        <translation>Eingriff {number} ist an {site} nicht möglich: {missing}.</translation>
    </message>
    <message>
        <source>Intervention {number} is at head {head}.</source>
        <translation>Eingriff {number} gilt Kopf {head}.</translation>
    </message>
    <message>
        <source>Intervention {number} is at neuron {neuron}.</source>
        <translation>Eingriff {number} gilt Neuron {neuron}.</translation>
    </message>
    <message>
        <source>Intervention {number} is at token {token}.</source>
        <translation>Eingriff {number} gilt Token {token}.</translation>
    </message>
    <message>
        <source>Intervention {number} is in layer {layer}.</source>
        <translation>Eingriff {number} gilt Schicht {layer}.</translation>
    </message>
    <message>
        <source>It asks for a GPU, and no worker offers one; start workers with --resources GPU=1, or give the experiment the device cpu.</source>
        <translation>Es verlangt eine GPU, und kein Arbeiter bietet eine an; starten Sie Arbeiter mit --resources GPU=1, oder geben Sie dem Experiment das Gerät cpu.</translation>
    </message>
    <message>
        <source>It begins like JSON, and is none.</source>
        <translation>Beginnt wie JSON, ist aber keines.</translation>
    </message>
    <message>
        <source>It cannot be used safely; fetch the model again, from its publisher.</source>
        <translation>Kann nicht sicher benutzt werden; das Modell noch einmal von seinem Herausgeber holen.</translation>
    </message>
    <message>
        <source>It could name the columns, with “{cells}” for one of categories, or be a row.</source>
        <translation>Sie könnte die Spalten benennen, mit „{cells}“ für die der Kategorien, oder eine Zeile sein.</translation>
    </message>
    <message>
        <source>It could not be run: {name}: {error}</source>
        <translation>Es konnte nicht gerechnet werden: {name}: {error}</translation>
    </message>
    <message>
        <source>It does not say how the window stood.</source>
        <translation>Sie sagt nicht, wie das Fenster stand.</translation>
    </message>
    <message>
        <source>It does not say where its results come from.</source>
        <translation>Sie sagt nicht, woher ihre Ergebnisse kommen.</translation>
    </message>
    <message>
        <source>It has more values than a session can have.</source>
        <translation>Sie hat mehr Werte, als eine Sitzung haben kann.</translation>
    </message>
    <message>
        <source>It has no category.</source>
        <translation>Sie hat keine Kategorie.</translation>
    </message>
    <message>
        <source>It has no word.</source>
        <translation>Sie hat kein Wort.</translation>
    </message>
    <message>
        <source>It has no {name}.</source>
        <translation>Es fehlt {name}.</translation>
    </message>
    <message>
        <source>It has {cells} columns where there are {width}.</source>
        <translation>Sie hat {cells} Spalten, wo {width} sind.</translation>
    </message>
    <message>
        <source>It has {cells} columns, the first line {names}.</source>
        <translation>Sie hat {cells} Spalten, die erste Zeile {names}.</translation>
    </message>
    <message>
        <source>It has {n} lines; {most_words} words are the most that can be compared.</source>
        <translation>Sie hat {n} Zeilen; mehr als {most_words} Wörter lassen sich nicht vergleichen.</translation>
    </message>
    <message>
        <source>It has {unknown}, which no session has.</source>
        <translation>Sie enthält {unknown}, was keine Sitzung hat.</translation>
    </message>
    <message>
        <source>It has {width} columns, and nothing says which holds the words.</source>
        <translation>Sie hat {width} Spalten, und nichts sagt, welche die Wörter enthält.</translation>
    </message>
    <message>
        <source>It has {word} characters, and a word {most_characters} at most.</source>
        <translation>Sie hat {word} Zeichen, ein Wort höchstens {most_characters}.</translation>
    </message>
    <message>
        <source>It is JSON that names columns of words and of categories, but not one of each and of one length.</source>
        <translation>Es ist JSON, das Spalten von Wörtern und von Kategorien nennt, aber nicht je eine von gleicher Länge.</translation>
    </message>
    <message>
        <source>It is JSON, but not of words.</source>
        <translation>Das ist JSON, aber nicht aus Wörtern.</translation>
    </message>
    <message>
        <source>It is a folder</source>
        <translation>Das ist ein Ordner</translation>
    </message>
    <message>
        <source>It is a table of Laminoscope that holds no words.</source>
        <translation>Das ist eine Tabelle von Laminoscope, die keine Wörter enthält.</translation>
    </message>
    <message>
        <source>It is larger than {largest} MB.</source>
        <translation>Sie ist größer als {largest} MB.</translation>
    </message>
    <message>
        <source>It is not a transformers model.</source>
        <translation>Das ist kein Modell von transformers.</translation>
    </message>
    <message>
        <source>It is not text.</source>
        <translation>Das ist kein Text.</translation>
    </message>
    <message>
        <source>It is not the package that the catalog means; please report it.</source>
        <translation>Das ist nicht das Paket, das der Katalog meint; bitte melden.</translation>
    </message>
    <message>
        <source>It is {kind}, not a list.</source>
        <translation>Das ist {kind}, keine Liste.</translation>
    </message>
    <message>
        <source>It may take {needed} of memory; the largest worker may take {largest}.</source>
        <translation>Es kann {needed} Speicher brauchen; der größte Arbeiter darf {largest} nehmen.</translation>
    </message>
    <message>
        <source>It must be ({prompts}, n_rows, 2): a token range for every row of every prompt.</source>
        <translation>Sie muss die Form ({prompts}, n_rows, 2) haben: eine Token-Spanne für jede Zeile jedes Prompts.</translation>
    </message>
    <message>
        <source>It must be at least 1.</source>
        <translation>Sie muss mindestens 1 sein.</translation>
    </message>
    <message>
        <source>It names the columns once more.</source>
        <translation>Sie benennt die Spalten noch einmal.</translation>
    </message>
    <message>
        <source>It needs at least one token.</source>
        <translation>Er braucht mindestens ein Token.</translation>
    </message>
    <message>
        <source>It needs config.json and model.safetensors, or model.safetensors.index.json.</source>
        <translation>Es braucht config.json und model.safetensors oder model.safetensors.index.json.</translation>
    </message>
    <message>
        <source>It was run with other carrier sentences.</source>
        <translation>Es wurde mit anderen Trägersätzen gerechnet.</translation>
    </message>
    <message>
        <source>It was run with other word lists.</source>
        <translation>Es wurde mit anderen Wortlisten gerechnet.</translation>
    </message>
    <message>
        <source>It was run without the list {name}.</source>
        <translation>Es wurde ohne die Liste {name} gerechnet.</translation>
    </message>
    <message>
        <source>Its config.json is damaged, or not a model's; fetch it again.</source>
        <translation>Seine config.json ist beschädigt oder nicht die eines Modells; noch einmal holen.</translation>
    </message>
    <message>
        <source>Its heads are 0 to {n_heads}.</source>
        <translation>Ihre Köpfe sind 0 bis {n_heads}.</translation>
    </message>
    <message>
        <source>Its number, all together, or random other heads.</source>
        <translation>Seine Nummer, alle zusammen oder zufällige andere Köpfe.</translation>
    </message>
    <message>
        <source>JSON, a column of words and one of categories</source>
        <translation>JSON, eine Spalte mit Wörtern und eine mit Kategorien</translation>
    </message>
    <message>
        <source>JSON, a list of words</source>
        <translation>JSON, eine Liste von Wörtern</translation>
    </message>
    <message>
        <source>JSON, a word and its category in each entry</source>
        <translation>JSON, in jedem Eintrag ein Wort und seine Kategorie</translation>
    </message>
    <message>
        <source>JSON, a word in each entry, and no category</source>
        <translation>JSON, ein Wort in jedem Eintrag und keine Kategorie</translation>
    </message>
    <message>
        <source>JSON, the words of each category</source>
        <translation>JSON, die Wörter jeder Kategorie</translation>
    </message>
    <message>
        <source>Jensen–Shannon distance {distance}</source>
        <translation>Jensen-Shannon-Abstand {distance}</translation>
    </message>
    <message>
        <source>Join the pieces one after another into one .gguf file, and open that.</source>
        <translation>Die Teile nacheinander zu einer .gguf-Datei zusammenfügen und diese öffnen.</translation>
    </message>
    <message>
        <source>Join them with `llama-gguf-split --merge {first} {whole}`, and open {whole2}.</source>
        <translation>Mit `llama-gguf-split --merge {first} {whole}` zusammenfügen und {whole2} öffnen.</translation>
    </message>
    <message>
        <source>K used</source>
        <translation>K benutzt</translation>
    </message>
    <message>
        <source>KL from the end</source>
        <translation>KL zum Ende</translation>
    </message>
    <message>
        <source>KL from the end (nats)</source>
        <translation>KL zum Ende (Nats)</translation>
    </message>
    <message>
        <source>Keeps logits within n standard deviations of the best.</source>
        <translation>Behält Logits bis zu n Standardabweichungen unter dem besten.</translation>
    </message>
    <message>
        <source>Keeps the best candidates that carry a given share of the entropy, 100 at most.</source>
        <translation>Behält die besten Kandidaten, die einen Anteil der Entropie tragen, höchstens 100.</translation>
    </message>
    <message>
        <source>Keeps the best candidates that together reach probability p.</source>
        <translation>Behält die besten Kandidaten, die zusammen die Wahrscheinlichkeit p erreichen.</translation>
    </message>
    <message>
        <source>Keeps the k best candidates.</source>
        <translation>Behält die k besten Kandidaten.</translation>
    </message>
    <message>
        <source>Keeps the tokens whose surprise is nearest to what is expected.</source>
        <translation>Behält die Tokens, deren Überraschung der erwarteten am nächsten ist.</translation>
    </message>
    <message>
        <source>Kendall τₐ</source>
        <translation>Kendalls τₐ</translation>
    </message>
    <message>
        <source>Known are {known}.</source>
        <translation>Bekannt sind {known}.</translation>
    </message>
    <message>
        <source>Known are {names}, and {functions}.</source>
        <translation>Bekannt sind {names} und {functions}.</translation>
    </message>
    <message>
        <source>Known are {presets}.</source>
        <translation>Bekannt sind {presets}.</translation>
    </message>
    <message>
        <source>Kruskal's first: √(Σ(d − d̂)²/Σd²), d on the map; d̂ the dissimilarities, or for nonmetric the closest distances in their order.</source>
        <translation>Kruskals erster: √(Σ(d − d̂)²/Σd²), d auf der Karte; d̂ die Unähnlichkeiten, oder bei nonmetric die nächsten Abstände in ihrer Reihenfolge.</translation>
    </message>
    <message>
        <source>Labels of both axes of words.</source>
        <translation>Beschriftung beider Achsen der Wörter.</translation>
    </message>
    <message>
        <source>Lag regression</source>
        <translation>Regression auf frühere Tokens</translation>
    </message>
    <message>
        <source>Laminar curves</source>
        <translation>Schichtverläufe</translation>
    </message>
    <message>
        <source>Laminoscope {here} is the newest version.</source>
        <translation>Laminoscope {here} ist die neueste Version.</translation>
    </message>
    <message>
        <source>Laminoscope {newest} is there; this is version {here}.</source>
        <translation>Laminoscope {newest} ist da; dies ist Version {here}.</translation>
    </message>
    <message>
        <source>Largest neurons of layer {layer}, {said}, and what they write</source>
        <translation>Größte Neuronen der Schicht {layer}, {said}, und was sie schreiben</translation>
    </message>
    <message>
        <source>Largest random number that draws the token.</source>
        <translation>Größte Zufallszahl, die das Token zieht.</translation>
    </message>
    <message>
        <source>Largest similarity in the bin.</source>
        <translation>Größte Ähnlichkeit in der Klasse.</translation>
    </message>
    <message>
        <source>Layer over the last layer: 0 to 1.</source>
        <translation>Schicht durch letzte Schicht: 0 bis 1.</translation>
    </message>
    <message>
        <source>Layer {layers}</source>
        <translation>Schicht {layers}</translation>
    </message>
    <message>
        <source>Layer {layers}, {heads}, {words}, colours span {span}</source>
        <translation>Schicht {layers}, {heads}, {words}, Farben umfassen {span}</translation>
    </message>
    <message>
        <source>Layer {layer} has no head {missing}.</source>
        <translation>Schicht {layer} hat keinen Kopf {missing}.</translation>
    </message>
    <message>
        <source>Layer {layer} was not captured.</source>
        <translation>Schicht {layer} wurde nicht aufgezeichnet.</translation>
    </message>
    <message>
        <source>Layer {layer}, {n_heads} head</source>
        <translation>Schicht {layer}, {n_heads} Kopf</translation>
    </message>
    <message>
        <source>Layer {layer}, {n_heads} heads</source>
        <translation>Schicht {layer}, {n_heads} Köpfe</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>Leading tokens that are not in the distribution.</source>
        <translation>Tokens am Anfang, die nicht in der Verteilung sind.</translation>
    </message>
    <message>
        <source>Least probability that the sampler kept, where it has one.</source>
        <translation>Kleinste Wahrscheinlichkeit, die der Sampler behielt, wo er eine hat.</translation>
    </message>
    <message>
        <source>Least random number that draws the token.</source>
        <translation>Kleinste Zufallszahl, die das Token zieht.</translation>
    </message>
    <message>
        <source>Least similarity in the bin.</source>
        <translation>Kleinste Ähnlichkeit in der Klasse.</translation>
    </message>
    <message>
        <source>Leave attention out, or choose another model.</source>
        <translation>Die Aufmerksamkeit weglassen oder ein anderes Modell wählen.</translation>
    </message>
    <message>
        <source>Leave it out, or keep q_used and k_used.</source>
        <translation>Lassen Sie es weg, oder behalten Sie q_used und k_used.</translation>
    </message>
    <message>
        <source>Leave one of them out.</source>
        <translation>Lassen Sie eine davon weg.</translation>
    </message>
    <message>
        <source>Leave out 0 or more.</source>
        <translation>0 oder mehr weglassen.</translation>
    </message>
    <message>
        <source>Leave out the part from @ on.</source>
        <translation>Den Teil ab @ weglassen.</translation>
    </message>
    <message>
        <source>Leave the layer out.</source>
        <translation>Die Schicht weglassen.</translation>
    </message>
    <message>
        <source>Leave this site out, or choose another model.</source>
        <translation>Diese Stelle weglassen oder ein anderes Modell wählen.</translation>
    </message>
    <message>
        <source>Ledger</source>
        <translation>Bilanz</translation>
    </message>
    <message>
        <source>Ledger of a logit</source>
        <translation>Bilanz eines Logits</translation>
    </message>
    <message>
        <source>Length of the vector that the layer adds to the token.</source>
        <translation>Länge des Vektors, den die Schicht dem Token hinzufügt.</translation>
    </message>
    <message>
        <source>Length of what the head writes for the pair.</source>
        <translation>Länge dessen, was der Kopf für das Paar schreibt.</translation>
    </message>
    <message>
        <source>Lens</source>
        <translation>Linse</translation>
    </message>
    <message>
        <source>Libraries are loaded</source>
        <translation>Bibliotheken sind geladen</translation>
    </message>
    <message>
        <source>Line {line}</source>
        <translation>Zeile {line}</translation>
    </message>
    <message>
        <source>Loading the library of models</source>
        <translation>Modellbibliothek laden</translation>
    </message>
    <message>
        <source>Loading the library that computes</source>
        <translation>Rechenbibliothek laden</translation>
    </message>
    <message>
        <source>Loading the model classes</source>
        <translation>Modellklassen laden</translation>
    </message>
    <message>
        <source>Log norm of {sites}, layer {layer}, n = {n}, {explained}</source>
        <translation>Log-Norm ({sites}), Schicht {layer}, n = {n}, {explained}</translation>
    </message>
    <message>
        <source>Log norm of {sites}, {counted}{worth}</source>
        <translation>Log-Norm ({sites}), {counted}{worth}</translation>
    </message>
    <message>
        <source>Log norm of {site}, {counted}</source>
        <translation>Log-Norm ({site}), {counted}</translation>
    </message>
    <message>
        <source>Log norm of {site}, {counted}; {moments}</source>
        <translation>Log-Norm ({site}), {counted}; {moments}</translation>
    </message>
    <message>
        <source>Logit lens</source>
        <translation>Logit-Linse</translation>
    </message>
    <message>
        <source>Logits must be a row of numbers.</source>
        <translation>Logits müssen eine Zeile von Zahlen sein.</translation>
    </message>
    <message>
        <source>Logits must be one row with a number per token, not of shape {shape}.</source>
        <translation>Logits müssen eine Zeile mit einer Zahl je Token sein, nicht von der Form {shape}.</translation>
    </message>
    <message>
        <source>Look for a version of the model with safetensors weights.</source>
        <translation>Eine Fassung des Modells mit safetensors-Gewichten suchen.</translation>
    </message>
    <message>
        <source>Look where you got this program from.</source>
        <translation>Sehen Sie dort nach, woher Sie dieses Programm haben.</translation>
    </message>
    <message>
        <source>Looking for {source}</source>
        <translation>{source} suchen</translation>
    </message>
    <message>
        <source>Loop laboratory</source>
        <translation>Schleifenlabor</translation>
    </message>
    <message>
        <source>Lower end of the 95 % interval or band.</source>
        <translation>Unteres Ende des 95-%-Intervalls oder -Bands.</translation>
    </message>
    <message>
        <source>MLP</source>
        <translation>MLP</translation>
    </message>
    <message>
        <source>MLP added</source>
        <translation>MLP addiert</translation>
    </message>
    <message>
        <source>MLP adds</source>
        <translation>MLP fügt hinzu</translation>
    </message>
    <message>
        <source>MLP out</source>
        <translation>MLP aus</translation>
    </message>
    <message>
        <source>MLP output</source>
        <translation>MLP-Ausgabe</translation>
    </message>
    <message>
        <source>Make it shorter, or choose another file.</source>
        <translation>Sie kürzen oder eine andere Datei wählen.</translation>
    </message>
    <message>
        <source>Make length smaller.</source>
        <translation>length kleiner machen.</translation>
    </message>
    <message>
        <source>Makes tokens that were seen lately less likely.</source>
        <translation>Macht kürzlich gesehene Tokens unwahrscheinlicher.</translation>
    </message>
    <message>
        <source>Makes tokens that would continue a repetition less likely, more so the longer it is.</source>
        <translation>Macht Tokens, die eine Wiederholung fortsetzen würden, unwahrscheinlicher, je länger sie ist.</translation>
    </message>
    <message>
        <source>Mean over layers of the same relative depth.</source>
        <translation>Mittel über Schichten gleicher relativer Tiefe.</translation>
    </message>
    <message>
        <source>Mean similarity of pairs across categories.</source>
        <translation>Mittlere Ähnlichkeit der Paare zwischen Kategorien.</translation>
    </message>
    <message>
        <source>Mean similarity of pairs within a category.</source>
        <translation>Mittlere Ähnlichkeit der Paare innerhalb einer Kategorie.</translation>
    </message>
    <message>
        <source>Mean similarity within minus across categories, in pooled standard deviations.</source>
        <translation>Mittlere Ähnlichkeit innerhalb minus zwischen Kategorien, in gemeinsamen Standardabweichungen.</translation>
    </message>
    <message>
        <source>Means over queries. entropy in nats, entropy_relative over ln of the keys allowed; distance in tokens; weight on token 0 (sink), on itself, on the token before, on earlier copies; induction_prefix: weight on what followed an earlier copy, less than 0.01 not counted; induction_repeat: the same in random tokens that are read twice; induction_match: share of all weight; effect: length of what the head writes, before a second norm.</source>
        <translation>Mittel über Anfragen. entropy in Nat, entropy_relative geteilt durch den ln der erlaubten Schlüssel; distance in Tokens; Gewicht auf Token 0 (sink), auf dem Token selbst, auf dem davor, auf früheren Kopien; induction_prefix: Gewicht auf dem, was einer früheren Kopie folgte, weniger als 0.01 nicht gezählt; induction_repeat: dasselbe in Zufalls-Tokens, die zweimal gelesen werden; induction_match: Anteil am ganzen Gewicht; effect: Länge dessen, was der Kopf schreibt, vor einer zweiten Norm.</translation>
    </message>
    <message>
        <source>Min-k</source>
        <translation>Min-k</translation>
    </message>
    <message>
        <source>Min-p</source>
        <translation>Min-p</translation>
    </message>
    <message>
        <source>Mirostat</source>
        <translation>Mirostat</translation>
    </message>
    <message>
        <source>Mirostat 2</source>
        <translation>Mirostat 2</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Models at {where}</source>
        <translation>Modelle bei {where}</translation>
    </message>
    <message>
        <source>Models that bring their own code are not opened.</source>
        <translation>Modelle mit eigenem Code werden nicht geöffnet.</translation>
    </message>
    <message>
        <source>Models with models</source>
        <translation>Modelle mit Modellen</translation>
    </message>
    <message>
        <source>Move it away and save the chains anew.</source>
        <translation>Sie verschieben und die Ketten neu sichern.</translation>
    </message>
    <message>
        <source>Move it away, or choose another folder for the results.</source>
        <translation>Verschieben Sie es, oder wählen Sie einen anderen Ordner für die Ergebnisse.</translation>
    </message>
    <message>
        <source>Moves the scores away from those that the text has after a second prompt.</source>
        <translation>Rückt die Werte von denen weg, die der Text nach einem zweiten Prompt hat.</translation>
    </message>
    <message>
        <source>Moving the cache: {done}</source>
        <translation>Cache verlegen: {done}</translation>
    </message>
    <message>
        <source>Name a folder of .txt files.</source>
        <translation>Einen Ordner mit .txt-Dateien nennen.</translation>
    </message>
    <message>
        <source>Name of the chain of samplers; empty for the echo.</source>
        <translation>Name der Sampler-Kette; leer beim Echo.</translation>
    </message>
    <message>
        <source>Name of the chain of samplers; empty for the model alone.</source>
        <translation>Name der Sampler-Kette; leer für das Modell allein.</translation>
    </message>
    <message>
        <source>Name of the chain of samplers; model for the model alone.</source>
        <translation>Name der Sampler-Kette; model für das Modell allein.</translation>
    </message>
    <message>
        <source>Name of the curve that the line belongs to.</source>
        <translation>Name der Kurve, zu der die Zeile gehört.</translation>
    </message>
    <message>
        <source>Name the columns in a first line: category and word.</source>
        <translation>Die Spalten in einer ersten Zeile benennen: category und word.</translation>
    </message>
    <message>
        <source>Nearly blind with lagged predictors: near 2 does not prove anything.</source>
        <translation>Fast blind bei Prädiktoren aus früheren Werten: nahe 2 beweist nichts.</translation>
    </message>
    <message>
        <source>Neighbours</source>
        <translation>Nachbarn</translation>
    </message>
    <message>
        <source>Neurons</source>
        <translation>Neuronen</translation>
    </message>
    <message>
        <source>No column is one of categories: all words are in one.</source>
        <translation>Keine Spalte ist eine von Kategorien: Alle Wörter sind in einer.</translation>
    </message>
    <message>
        <source>No model is named.</source>
        <translation>Kein Modell ist genannt.</translation>
    </message>
    <message>
        <source>No other model has read these words.</source>
        <translation>Kein anderes Modell hat diese Wörter gelesen.</translation>
    </message>
    <message>
        <source>No repeated n-gram</source>
        <translation>Kein wiederholtes n-Gramm</translation>
    </message>
    <message>
        <source>No stop token “{shown}”: {said}</source>
        <translation>Kein Stopptoken „{shown}“: {said}</translation>
    </message>
    <message>
        <source>Non-breaking spaces were made plain ones</source>
        <translation>Geschützte Leerzeichen wurden zu gewöhnlichen</translation>
    </message>
    <message>
        <source>Normalisation</source>
        <translation>Normalisierung</translation>
    </message>
    <message>
        <source>Normalises queries and keys before it rotates them.</source>
        <translation>Normiert Anfragen und Schlüssel, bevor es sie dreht.</translation>
    </message>
    <message>
        <source>Norms</source>
        <translation>Normen</translation>
    </message>
    <message>
        <source>Nothing can be captured from this kind of model.</source>
        <translation>An dieser Art von Modell lässt sich nichts aufzeichnen.</translation>
    </message>
    <message>
        <source>Nothing to show: {reason}.</source>
        <translation>Nichts zu zeigen: {reason}.</translation>
    </message>
    <message>
        <source>Now and then drops all probable tokens but the least likely of them.</source>
        <translation>Entfernt ab und zu alle wahrscheinlichen Tokens bis auf das unwahrscheinlichste davon.</translation>
    </message>
    <message>
        <source>Number of the token in the model's vocabulary.</source>
        <translation>Nummer des Tokens im Vokabular des Modells.</translation>
    </message>
    <message>
        <source>OLMo 2</source>
        <translation>OLMo 2</translation>
    </message>
    <message>
        <source>Of a watched text in the column's own vocabulary; −1 where it has none, and of listed tokens where vocabularies are matched by text.</source>
        <translation>Eines beobachteten Textes im Vokabular der Spalte; −1, wo es keines gibt, und bei gelisteten Tokens, wo Vokabulare nach Text zugeordnet sind.</translation>
    </message>
    <message>
        <source>Of all terms but the constant; Wald's with HC3 standard errors.</source>
        <translation>Aller Terme außer der Konstanten; mit HC3-Standardfehlern nach Wald.</translation>
    </message>
    <message>
        <source>Of further texts {length} tokens are to be read; the context window is {longest}.</source>
        <translation>Von weiteren Texten sollen {length} Tokens gelesen werden; das Kontextfenster hat {longest}.</translation>
    </message>
    <message>
        <source>Of pairs of one category; the bins' areas sum to 1.</source>
        <translation>Der Paare einer Kategorie; die Flächen der Klassen geben zusammen 1.</translation>
    </message>
    <message>
        <source>Of pairs of two categories, likewise.</source>
        <translation>Der Paare zweier Kategorien, ebenso.</translation>
    </message>
    <message>
        <source>Of query and key before the model turns them.</source>
        <translation>Von Query und Key, bevor das Modell sie dreht.</translation>
    </message>
    <message>
        <source>Of several carrier sentences: each against the mean of all.</source>
        <translation>Bei mehreren Trägersätzen: jeder gegen das Mittel aller.</translation>
    </message>
    <message>
        <source>Of several carrier sentences: each against the others' mean.</source>
        <translation>Bei mehreren Trägersätzen: jeder gegen das Mittel der anderen.</translation>
    </message>
    <message>
        <source>Of the candidates left.</source>
        <translation>Der übrigen Kandidaten.</translation>
    </message>
    <message>
        <source>Of the column from the first; at most √ln 2.</source>
        <translation>Der Spalte von der ersten; höchstens √ln 2.</translation>
    </message>
    <message>
        <source>Of the distribution that predicted the token.</source>
        <translation>Der Verteilung, die das Token vorhersagte.</translation>
    </message>
    <message>
        <source>Of the log-norms; 0 for a normal distribution.</source>
        <translation>Der Log-Normen; 0 bei einer Normalverteilung.</translation>
    </message>
    <message>
        <source>Of the pair's two vectors, by the measure that the provenance names.</source>
        <translation>Der beiden Vektoren des Paares, nach dem Maß, das die Herkunft nennt.</translation>
    </message>
    <message>
        <source>Of the prompt that it begins with.</source>
        <translation>Des Prompts, mit dem er beginnt.</translation>
    </message>
    <message>
        <source>Of the same relative depth, ℓ/(L − 1); empty at the embedding.</source>
        <translation>In derselben relativen Tiefe, ℓ/(L − 1); leer beim Embedding.</translation>
    </message>
    <message>
        <source>Of the squared length, by the three largest dimensions.</source>
        <translation>Am Quadrat der Länge, durch die drei größten Dimensionen.</translation>
    </message>
    <message>
        <source>Of the ten with the largest activations by size.</source>
        <translation>Unter den zehn mit den betragsmäßig größten Aktivierungen.</translation>
    </message>
    <message>
        <source>Of the text's first token; −1 if it has none.</source>
        <translation>Des ersten Tokens des Textes; −1, wenn er keines hat.</translation>
    </message>
    <message>
        <source>Of the two heads, by what the view says: debiased CKA or Pearson's r.</source>
        <translation>Der beiden Köpfe, nach dem, was die Ansicht sagt: korrigierte CKA oder Pearsons r.</translation>
    </message>
    <message>
        <source>Of the vector, or its control, with the token's row; or how likely the token follows.</source>
        <translation>Des Vektors oder seiner Kontrolle mit der Zeile des Tokens; oder wie wahrscheinlich das Token folgt.</translation>
    </message>
    <message>
        <source>Of the word's similarities to all other words in both models.</source>
        <translation>Der Ähnlichkeiten des Wortes zu allen anderen Wörtern in beiden Modellen.</translation>
    </message>
    <message>
        <source>Of this layer</source>
        <translation>Dieser Schicht</translation>
    </message>
    <message>
        <source>Of what least squares on the other predictors leaves of the similarities and of this one.</source>
        <translation>Dessen, was kleinste Quadrate auf die anderen Prädiktoren von den Ähnlichkeiten und von diesem übrig lassen.</translation>
    </message>
    <message>
        <source>Of what the model believed there; empty for tokens of the prompt.</source>
        <translation>Was das Modell dort glaubte; leer bei Tokens des Prompts.</translation>
    </message>
    <message>
        <source>One of several; mean: over all of them; empty where there is one.</source>
        <translation>Einer von mehreren; mean: über alle; leer, wenn es nur einen gibt.</translation>
    </message>
    <message>
        <source>One with the others</source>
        <translation>Eines mit den anderen</translation>
    </message>
    <message>
        <source>Open a decoder such as gpt2.</source>
        <translation>Einen Decoder wie gpt2 öffnen.</translation>
    </message>
    <message>
        <source>Open a model with a tokenizer.</source>
        <translation>Ein Modell mit Tokenizer öffnen.</translation>
    </message>
    <message>
        <source>Open a safetensors folder or a .gguf file of the model.</source>
        <translation>Einen safetensors-Ordner oder eine .gguf-Datei des Modells öffnen.</translation>
    </message>
    <message>
        <source>Open a version of the model with the adapter merged into it, or take the adapter's files out of the folder to open the model without it.</source>
        <translation>Eine Fassung des Modells mit eingerechnetem Adapter öffnen oder die Dateien des Adapters aus dem Ordner nehmen, um das Modell ohne ihn zu öffnen.</translation>
    </message>
    <message>
        <source>Open an unquantised version of the model, or a .gguf file.</source>
        <translation>Eine unquantisierte Fassung des Modells oder eine .gguf-Datei öffnen.</translation>
    </message>
    <message>
        <source>Open another copy of it, or run its experiment again.</source>
        <translation>Eine andere Kopie öffnen oder das Experiment noch einmal ausführen.</translation>
    </message>
    <message>
        <source>Open it with the version of Laminoscope that wrote it.</source>
        <translation>Sie mit der Version von Laminoscope öffnen, die sie geschrieben hat.</translation>
    </message>
    <message>
        <source>Open its folder: {parent}.</source>
        <translation>Seinen Ordner öffnen: {parent}.</translation>
    </message>
    <message>
        <source>Open the .gguf file itself.</source>
        <translation>Die .gguf-Datei selbst öffnen.</translation>
    </message>
    <message>
        <source>Open the model as a folder with safetensors weights instead.</source>
        <translation>Das Modell stattdessen als Ordner mit safetensors-Gewichten öffnen.</translation>
    </message>
    <message>
        <source>Open the model in float32.</source>
        <translation>Das Modell in float32 öffnen.</translation>
    </message>
    <message>
        <source>Open the model that it belongs to.</source>
        <translation>Das Modell öffnen, zu dem er gehört.</translation>
    </message>
    <message>
        <source>Open the model to which it belongs; an adapter must be merged into it first.</source>
        <translation>Öffnen Sie das Modell, zu dem es gehört; ein Adapter muss vorher mit ihm verschmolzen werden.</translation>
    </message>
    <message>
        <source>Open the model with the kernel 'sdpa' or 'eager'.</source>
        <translation>Das Modell mit dem Kern „sdpa“ oder „eager“ öffnen.</translation>
    </message>
    <message>
        <source>Open {name}.</source>
        <translation>{name} öffnen.</translation>
    </message>
    <message>
        <source>Open: model; filled: after the chain</source>
        <translation>Offen: Modell; gefüllt: nach der Kette</translation>
    </message>
    <message>
        <source>Opening {title} on {place} in {precision}</source>
        <translation>{title} auf {place} in {precision} öffnen</translation>
    </message>
    <message>
        <source>Or put {file} into the folder {parent}.</source>
        <translation>Oder {file} in den Ordner {parent} legen.</translation>
    </message>
    <message>
        <source>Over the layers of one curve.</source>
        <translation>Über die Schichten einer Kurve.</translation>
    </message>
    <message>
        <source>P-less</source>
        <translation>P-less</translation>
    </message>
    <message>
        <source>P-less norm</source>
        <translation>P-less norm</translation>
    </message>
    <message>
        <source>Pairs</source>
        <translation>Paare</translation>
    </message>
    <message>
        <source>Pairs of words of one category.</source>
        <translation>Wortpaare einer Kategorie.</translation>
    </message>
    <message>
        <source>Pairs of words of two categories.</source>
        <translation>Wortpaare zweier Kategorien.</translation>
    </message>
    <message>
        <source>Pairs of words: all, within or across categories.</source>
        <translation>Wortpaare: alle, innerhalb oder zwischen Kategorien.</translation>
    </message>
    <message>
        <source>Parquet files need the library pyarrow, which is not installed.</source>
        <translation>Parquet-Dateien brauchen die Bibliothek pyarrow, die nicht installiert ist.</translation>
    </message>
    <message>
        <source>Patch map</source>
        <translation>Einsetzkarte</translation>
    </message>
    <message>
        <source>Pearson r</source>
        <translation>Pearsons r</translation>
    </message>
    <message>
        <source>Pearson similarity</source>
        <translation>Pearson-Ähnlichkeit</translation>
    </message>
    <message>
        <source>Pearson's r of both heads' weights, over all queries and the keys that they may look at.</source>
        <translation>Pearsons r der Gewichte zweier Köpfe über alle Anfragen und die Schlüssel, auf die sie schauen dürfen.</translation>
    </message>
    <message>
        <source>Pearson's r, or Spearman's where it was asked for.</source>
        <translation>Pearsons r, oder Spearmans, wo es verlangt war.</translation>
    </message>
    <message>
        <source>Penalties</source>
        <translation>Strafen</translation>
    </message>
    <message>
        <source>Place of the pair's first word in the list.</source>
        <translation>Platz des ersten Wortes des Paares in der Liste.</translation>
    </message>
    <message>
        <source>Place of the pair's second word in the list.</source>
        <translation>Platz des zweiten Wortes des Paares in der Liste.</translation>
    </message>
    <message>
        <source>Place of the word in the list.</source>
        <translation>Platz des Wortes in der Liste.</translation>
    </message>
    <message>
        <source>Predicted against observed: the log norm; histogram: the density; else the residual.</source>
        <translation>Vorhergesagt gegen beobachtet: die Log-Norm; Histogramm: die Dichte; sonst das Residuum.</translation>
    </message>
    <message>
        <source>Predictors</source>
        <translation>Prädiktoren</translation>
    </message>
    <message>
        <source>Predictors, {quantities}</source>
        <translation>Prädiktoren, {quantities}</translation>
    </message>
    <message>
        <source>Press Capture to run the model again.</source>
        <translation>„Aufzeichnen“ drücken, um das Modell noch einmal rechnen zu lassen.</translation>
    </message>
    <message>
        <source>Press Capture to run them again.</source>
        <translation>Aufzeichnen drücken, um sie noch einmal laufen zu lassen.</translation>
    </message>
    <message>
        <source>Press Capture.</source>
        <translation>Aufzeichnen drücken.</translation>
    </message>
    <message>
        <source>Probability minus that in the first column.</source>
        <translation>Wahrscheinlichkeit minus die der ersten Spalte.</translation>
    </message>
    <message>
        <source>Probability to aim for; &lt; 0 is off.</source>
        <translation>Angestrebte Wahrscheinlichkeit; &lt; 0 ist aus.</translation>
    </message>
    <message>
        <source>Probability to collect; 1 is off.</source>
        <translation>Wahrscheinlichkeit, die zu sammeln ist; 1 ist aus.</translation>
    </message>
    <message>
        <source>Put a cell that holds such a sign in quotation marks.</source>
        <translation>Eine Zelle, die ein solches Zeichen enthält, in Anführungszeichen setzen.</translation>
    </message>
    <message>
        <source>Put {file} into the folder {parent}, or open it as a file.</source>
        <translation>{file} in den Ordner {parent} legen oder als Datei öffnen.</translation>
    </message>
    <message>
        <source>Q used</source>
        <translation>Q benutzt</translation>
    </message>
    <message>
        <source>Quadratic</source>
        <translation>Quadratisch</translation>
    </message>
    <message>
        <source>Query times key, with the family's factor, cap and bias: before the softmax.</source>
        <translation>Query mal Key, mit Faktor, Deckel und Bias der Familie: vor dem Softmax.</translation>
    </message>
    <message>
        <source>RMS</source>
        <translation>RMS</translation>
    </message>
    <message>
        <source>RSA against chance</source>
        <translation>RSA gegen Zufall</translation>
    </message>
    <message>
        <source>RSA of depth</source>
        <translation>RSA der Tiefe</translation>
    </message>
    <message>
        <source>RSA of depth, {site} with {other_site}</source>
        <translation>RSA der Tiefe, {site} mit {other_site}</translation>
    </message>
    <message>
        <source>RSA of heads</source>
        <translation>RSA der Köpfe</translation>
    </message>
    <message>
        <source>RSA score</source>
        <translation>RSA-Wert</translation>
    </message>
    <message>
        <source>RSA score over pairs of one category.</source>
        <translation>RSA-Wert über Paare einer Kategorie.</translation>
    </message>
    <message>
        <source>RSA score over pairs of two categories.</source>
        <translation>RSA-Wert über Paare zweier Kategorien.</translation>
    </message>
    <message>
        <source>RSA score within less across categories, {correlation_label}</source>
        <translation>RSA-Wert innerhalb minus zwischen Kategorien, {correlation_label}</translation>
    </message>
    <message>
        <source>RSA score, or Cohen's d.</source>
        <translation>RSA-Wert oder Cohens d.</translation>
    </message>
    <message>
        <source>RSA score, {correlation_label}</source>
        <translation>RSA-Wert, {correlation_label}</translation>
    </message>
    <message>
        <source>RSA score, {pair_label}</source>
        <translation>RSA-Wert, {pair_label}</translation>
    </message>
    <message>
        <source>RSA scores</source>
        <translation>RSA-Werte</translation>
    </message>
    <message>
        <source>RSA scores are block-corrected</source>
        <translation>RSA-Werte sind blockkorrigiert</translation>
    </message>
    <message>
        <source>RSA {subset}, n = {counts} pair</source>
        <translation>RSA {subset}, n = {counts} Paar</translation>
    </message>
    <message>
        <source>RSA {subset}, n = {counts} pairs</source>
        <translation>RSA {subset}, n = {counts} Paare</translation>
    </message>
    <message>
        <source>Read {said}</source>
        <translation>Gelesen {said}</translation>
    </message>
    <message>
        <source>Reading the prompt with {title}</source>
        <translation>Prompt mit {title} lesen</translation>
    </message>
    <message>
        <source>Reading the tokenizer of {title}</source>
        <translation>Tokenizer von {title} lesen</translation>
    </message>
    <message>
        <source>Reading the words with {title}</source>
        <translation>{title} liest die Wörter</translation>
    </message>
    <message>
        <source>Redundancy</source>
        <translation>Redundanz</translation>
    </message>
    <message>
        <source>Redundancy of heads</source>
        <translation>Redundanz der Köpfe</translation>
    </message>
    <message>
        <source>Regression</source>
        <translation>Regression</translation>
    </message>
    <message>
        <source>Remove it.</source>
        <translation>Ihn entfernen.</translation>
    </message>
    <message>
        <source>Remove it. {named}</source>
        <translation>Entfernen. {named}</translation>
    </message>
    <message>
        <source>Remove what is in its place, or set LAMINOSCOPE_CACHE to a folder that you may write to.</source>
        <translation>Entfernen, was an seiner Stelle ist, oder LAMINOSCOPE_CACHE auf einen Ordner setzen, in den geschrieben werden darf.</translation>
    </message>
    <message>
        <source>Rename the file or folder.</source>
        <translation>Benennen Sie die Datei oder den Ordner um.</translation>
    </message>
    <message>
        <source>Repetitions shorter than this are free.</source>
        <translation>Kürzere Wiederholungen sind frei.</translation>
    </message>
    <message>
        <source>Replace the word, or open another model.</source>
        <translation>Das Wort ersetzen oder ein anderes Modell öffnen.</translation>
    </message>
    <message>
        <source>Root of the mean square over dimensions.</source>
        <translation>Wurzel des mittleren Quadrats über die Dimensionen.</translation>
    </message>
    <message>
        <source>Rotation</source>
        <translation>Drehung</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Regel</translation>
    </message>
    <message>
        <source>Run a section first.</source>
        <translation>Führen Sie zuerst einen Abschnitt aus.</translation>
    </message>
    <message>
        <source>Run the cell again.</source>
        <translation>Rechnen Sie die Zelle noch einmal.</translation>
    </message>
    <message>
        <source>Run the experiment again and save what it gives.</source>
        <translation>Das Experiment noch einmal ausführen und das Ergebnis sichern.</translation>
    </message>
    <message>
        <source>R²</source>
        <translation>R²</translation>
    </message>
    <message>
        <source>R² = {r2}</source>
        <translation>R² = {r2}</translation>
    </message>
    <message>
        <source>R² adjusted for the number of terms.</source>
        <translation>R², berichtigt um die Zahl der Terme.</translation>
    </message>
    <message>
        <source>SD from its mean pair.</source>
        <translation>Standardabweichungen von seinem mittleren Paar.</translation>
    </message>
    <message>
        <source>SD from the mean</source>
        <translation>SD vom Mittel</translation>
    </message>
    <message>
        <source>SD from the model's mean pair.</source>
        <translation>Standardabweichungen vom mittleren Paar des Modells.</translation>
    </message>
    <message>
        <source>Sample experiments: {samples}.</source>
        <translation>Beispielexperimente: {samples}.</translation>
    </message>
    <message>
        <source>Sampler chain</source>
        <translation>Sampler-Kette</translation>
    </message>
    <message>
        <source>Sandwich norms, one key/value head, a vocabulary of 262,144.</source>
        <translation>Sandwich-Normen, ein Kopf für Schlüssel und Werte, ein Vokabular von 262,144.</translation>
    </message>
    <message>
        <source>Save it as UTF-8; spreadsheets call it “CSV UTF-8”.</source>
        <translation>Als UTF-8 speichern; Tabellenprogramme nennen es „CSV UTF-8“.</translation>
    </message>
    <message>
        <source>Save it under another name or in another folder.</source>
        <translation>Unter einem anderen Namen oder in einem anderen Ordner sichern.</translation>
    </message>
    <message>
        <source>Save the list as “CSV UTF-8”.</source>
        <translation>Die Liste als „CSV UTF-8“ speichern.</translation>
    </message>
    <message>
        <source>Save the list with double ones, or with none.</source>
        <translation>Die Liste mit doppelten oder ohne speichern.</translation>
    </message>
    <message>
        <source>Saves flat distributions; below 0 is off.</source>
        <translation>Schont flache Verteilungen; unter 0 ist aus.</translation>
    </message>
    <message>
        <source>Saving a chain begins a new file; the damaged one is kept beside it.</source>
        <translation>Das Speichern einer Kette beginnt eine neue Datei; die beschädigte bleibt daneben erhalten.</translation>
    </message>
    <message>
        <source>Scale of the line; 0 is off.</source>
        <translation>Maßstab der Linie; 0 ist aus.</translation>
    </message>
    <message>
        <source>Score of the token before the softmax.</source>
        <translation>Wert des Tokens vor dem Softmax.</translation>
    </message>
    <message>
        <source>Seed and random token in the place of the first word; empty for the sum.</source>
        <translation>Startwert und zufälliges Token an der Stelle des ersten Wortes; leer für die Summe.</translation>
    </message>
    <message>
        <source>Seed of the same intervention on as many random other heads of that layer; empty for what was asked for.</source>
        <translation>Startwert desselben Eingriffs an ebenso vielen zufälligen anderen Köpfen der Schicht; leer für das, was verlangt war.</translation>
    </message>
    <message>
        <source>Separability</source>
        <translation>Trennbarkeit</translation>
    </message>
    <message>
        <source>Separability against chance</source>
        <translation>Trennbarkeit gegen Zufall</translation>
    </message>
    <message>
        <source>Separability, {n_within} + {n_across} pairs</source>
        <translation>Trennbarkeit, {n_within} + {n_across} Paare</translation>
    </message>
    <message>
        <source>Set LAMINOSCOPE_CACHE to a folder that you may write to.</source>
        <translation>LAMINOSCOPE_CACHE auf einen Ordner setzen, in den geschrieben werden darf.</translation>
    </message>
    <message>
        <source>Share of all bends to keep; 1 is off.</source>
        <translation>Anteil aller Krümmungen, der bleibt; 1 ist aus.</translation>
    </message>
    <message>
        <source>Share of the runs of {n} tokens that differ, mean over seeds.</source>
        <translation>Anteil der verschiedenen Folgen von {n} Tokens, Mittel über Startwerte.</translation>
    </message>
    <message>
        <source>Share of the variance that the regression explains.</source>
        <translation>Anteil der Varianz, den die Regression erklärt.</translation>
    </message>
    <message>
        <source>Sharpens or flattens the distribution.</source>
        <translation>Schärft oder verflacht die Verteilung.</translation>
    </message>
    <message>
        <source>Shorten it.</source>
        <translation>Ihn kürzen.</translation>
    </message>
    <message>
        <source>Shorten the second prompt, or switch guidance off.</source>
        <translation>Kürzen Sie den zweiten Prompt, oder schalten Sie die Führung aus.</translation>
    </message>
    <message>
        <source>Shorten the text, or choose a smaller model.</source>
        <translation>Den Text kürzen oder ein kleineres Modell wählen.</translation>
    </message>
    <message>
        <source>Shorten the text, or open another model.</source>
        <translation>Den Text kürzen oder ein anderes Modell öffnen.</translation>
    </message>
    <message>
        <source>Shorten the text.</source>
        <translation>Den Text kürzen.</translation>
    </message>
    <message>
        <source>Shorten the texts.</source>
        <translation>Die Texte kürzen.</translation>
    </message>
    <message>
        <source>Similarity</source>
        <translation>Ähnlichkeit</translation>
    </message>
    <message>
        <source>Similarity in all layers</source>
        <translation>Ähnlichkeit in allen Schichten</translation>
    </message>
    <message>
        <source>Skip it at resid.</source>
        <translation>Es an resid auslassen.</translation>
    </message>
    <message>
        <source>Small: the residuals are still correlated from token to token.</source>
        <translation>Klein: Die Residuen hängen noch von Token zu Token zusammen.</translation>
    </message>
    <message>
        <source>Softmax of the logits of that layer.</source>
        <translation>Softmax der Logits dieser Schicht.</translation>
    </message>
    <message>
        <source>Spearman similarity</source>
        <translation>Spearman-Ähnlichkeit</translation>
    </message>
    <message>
        <source>Spearman ρ</source>
        <translation>Spearmans ρ</translation>
    </message>
    <message>
        <source>Spearman's correlation, the mean over all ways of breaking ties.</source>
        <translation>Spearmans Korrelation, das Mittel über alle Arten, Bindungen aufzulösen.</translation>
    </message>
    <message>
        <source>Standard error of the coefficient.</source>
        <translation>Standardfehler des Koeffizienten.</translation>
    </message>
    <message>
        <source>Start one with dask scheduler, and workers with dask worker.</source>
        <translation>Starten Sie einen mit dask scheduler, und Arbeiter mit dask worker.</translation>
    </message>
    <message>
        <source>Stream in</source>
        <translation>Strom ein</translation>
    </message>
    <message>
        <source>Stream middle</source>
        <translation>Strom Mitte</translation>
    </message>
    <message>
        <source>Stream out</source>
        <translation>Strom aus</translation>
    </message>
    <message>
        <source>Strength; 0 is off.</source>
        <translation>Stärke; 0 ist aus.</translation>
    </message>
    <message>
        <source>Subtracted once if seen at all.</source>
        <translation>Einmal abgezogen, wenn überhaupt gesehen.</translation>
    </message>
    <message>
        <source>Subtracted once per occurrence.</source>
        <translation>Bei jedem Vorkommen abgezogen.</translation>
    </message>
    <message>
        <source>Sum over the tokens that were removed.</source>
        <translation>Summe über die entfernten Tokens.</translation>
    </message>
    <message>
        <source>Switch the chat template off.</source>
        <translation>Die Chat-Vorlage ausschalten.</translation>
    </message>
    <message>
        <source>T = 0 keeps only the best</source>
        <translation>T = 0 behält nur das beste</translation>
    </message>
    <message>
        <source>Tables are not written as {file_format}.</source>
        <translation>Tabellen werden nicht als {file_format} geschrieben.</translation>
    </message>
    <message>
        <source>Tail-free</source>
        <translation>Tail-free</translation>
    </message>
    <message>
        <source>Take fewer.</source>
        <translation>Weniger nehmen.</translation>
    </message>
    <message>
        <source>Takes a higher temperature where the model is less certain.</source>
        <translation>Nimmt eine höhere Temperatur, wo das Modell unsicherer ist.</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>Texts, or lists of token ids, across which nothing counts as repeated.</source>
        <translation>Texte oder Listen von Token-IDs, über die hinweg nichts als wiederholt gilt.</translation>
    </message>
    <message>
        <source>That chose the token; empty where a hand did.</source>
        <translation>Die das Token wählte; leer, wo es eine Hand tat.</translation>
    </message>
    <message>
        <source>The apostrophe before a sign of formulas was taken off</source>
        <translation>Der Apostroph vor einem Formelzeichen wurde weggenommen</translation>
    </message>
    <message>
        <source>The batch size is {batch_size}.</source>
        <translation>Die Stapelgröße ist {batch_size}.</translation>
    </message>
    <message>
        <source>The best token that the sampler received is 0.</source>
        <translation>Das beste Token, das der Sampler bekam, ist 0.</translation>
    </message>
    <message>
        <source>The blocks of {name} cannot be found: it has no list of {n_layers} blocks, as many as its configuration says.</source>
        <translation>Die Blöcke von {name} sind nicht zu finden: Es gibt keine Liste von {n_layers} Blöcken, so vielen, wie die Konfiguration nennt.</translation>
    </message>
    <message>
        <source>The cache does not hold the whole beginning.</source>
        <translation>Der Cache enthält nicht den ganzen Anfang.</translation>
    </message>
    <message>
        <source>The cache folder {folder} cannot be used: {reason}.</source>
        <translation>Der Cache-Ordner {folder} ist nicht benutzbar: {reason}.</translation>
    </message>
    <message>
        <source>The captured {name} takes {n_bytes} GiB, more than the disk has free.</source>
        <translation>Was von {name} aufgezeichnet ist, braucht {n_bytes} GiB, mehr als auf dem Datenträger frei ist.</translation>
    </message>
    <message>
        <source>The category of each word.</source>
        <translation>Die Kategorie jedes Wortes.</translation>
    </message>
    <message>
        <source>The cell did not arrive in {folder}: {again}.</source>
        <translation>Die Zelle ist nicht in {folder} angekommen: {again}.</translation>
    </message>
    <message>
        <source>The cell “{text}” holds {name}.</source>
        <translation>Die Zelle „{text}“ enthält {name}.</translation>
    </message>
    <message>
        <source>The cell “{text}” is an error of a spreadsheet.</source>
        <translation>Die Zelle „{text}“ ist ein Fehler eines Tabellenprogramms.</translation>
    </message>
    <message>
        <source>The cell “{text}” {half}.</source>
        <translation>Die Zelle „{text}“ {half}.</translation>
    </message>
    <message>
        <source>The chain is nested too deeply.</source>
        <translation>Die Kette ist zu tief verschachtelt.</translation>
    </message>
    <message>
        <source>The chain is not valid JSON: {what_is_wrong}.</source>
        <translation>Die Kette ist kein gültiges JSON: {what_is_wrong}.</translation>
    </message>
    <message>
        <source>The chat template of {title} fails</source>
        <translation>Die Chat-Vorlage von {title} versagt</translation>
    </message>
    <message>
        <source>The chat template of {title} writes {text} characters for a short message.</source>
        <translation>Die Chat-Vorlage von {title} schreibt {text} Zeichen für eine kurze Nachricht.</translation>
    </message>
    <message>
        <source>The classic: 12 layers, learned positions, 768 wide.</source>
        <translation>Der Klassiker: 12 Schichten, gelernte Positionen, 768 breit.</translation>
    </message>
    <message>
        <source>The configuration belongs to another kind of model; fetch the model again, from its publisher.</source>
        <translation>Die Konfiguration gehört zu einer anderen Art von Modell; das Modell noch einmal von seinem Herausgeber holen.</translation>
    </message>
    <message>
        <source>The configuration of {title} describes a model of {n_values} values, and its files hold {held}.</source>
        <translation>Die Konfiguration von {title} beschreibt ein Modell von {n_values} Werten, und seine Dateien enthalten {held}.</translation>
    </message>
    <message>
        <source>The configuration of {title} gives {key} as {count}; no model has more than {limit}.</source>
        <translation>Die Konfiguration von {title} gibt {key} als {count} an; kein Modell hat mehr als {limit}.</translation>
    </message>
    <message>
        <source>The configuration of {title} says that it has {layers} layers, and its files hold {tensors} tensors.</source>
        <translation>Die Konfiguration von {title} nennt {layers} Schichten, und seine Dateien enthalten {tensors} Tensoren.</translation>
    </message>
    <message>
        <source>The configuration of {title} says that it has {n_layers} layers, and its files hold {deeper}.</source>
        <translation>Die Konfiguration von {title} nennt {n_layers} Schichten, und seine Dateien enthalten {deeper}.</translation>
    </message>
    <message>
        <source>The configuration of {where} does not name its model_type.</source>
        <translation>Die Konfiguration von {where} nennt ihren model_type nicht.</translation>
    </message>
    <message>
        <source>The conversion of {name} is not in the cache.</source>
        <translation>Die Umwandlung von {name} ist nicht im Cache.</translation>
    </message>
    <message>
        <source>The default's larger brother, a base model.</source>
        <translation>Der größere Bruder der Vorgabe, ein Basismodell.</translation>
    </message>
    <message>
        <source>The default: small, modern, opens without an account.</source>
        <translation>Die Vorgabe: klein, modern, ohne Konto zu öffnen.</translation>
    </message>
    <message>
        <source>The device {device} is not available here.</source>
        <translation>Das Gerät {device} gibt es hier nicht.</translation>
    </message>
    <message>
        <source>The embeddings of {title} in {dtype} take {outside}, and {free} of memory may be used.</source>
        <translation>Die Einbettungen von {title} in {dtype} brauchen {outside}, und {free} Speicher dürfen belegt werden.</translation>
    </message>
    <message>
        <source>The experiment</source>
        <translation>Das Experiment</translation>
    </message>
    <message>
        <source>The experiment cannot be saved: a text holds {half}.</source>
        <translation>Das Experiment lässt sich nicht speichern: Ein Text enthält {half}.</translation>
    </message>
    <message>
        <source>The experiment cannot be saved: it does not come back from TOML.</source>
        <translation>Das Experiment lässt sich nicht speichern: Es kommt aus TOML nicht gleich zurück.</translation>
    </message>
    <message>
        <source>The experiment has nothing to run.</source>
        <translation>Das Experiment hat nichts zu rechnen.</translation>
    </message>
    <message>
        <source>The file is not a session of Laminoscope.</source>
        <translation>Die Datei ist keine Sitzung von Laminoscope.</translation>
    </message>
    <message>
        <source>The file may be damaged, or of a kind that transformers cannot read.</source>
        <translation>Die Datei ist vielleicht beschädigt oder von einer Art, die transformers nicht lesen kann.</translation>
    </message>
    <message>
        <source>The file {name} with the captured {site} has changed since it was written.</source>
        <translation>Die Datei {name} mit der Aufzeichnung von {site} wurde nach dem Schreiben verändert.</translation>
    </message>
    <message>
        <source>The files have no text in them.</source>
        <translation>In den Dateien steht kein Text.</translation>
    </message>
    <message>
        <source>The files of {title} hold {names} tensors that the model of its configuration has no place for, the first is {names2}; without them it computes other numbers.</source>
        <translation>Die Dateien von {title} enthalten {names} Tensoren, für die das Modell seiner Konfiguration keinen Platz hat, der erste ist {names2}; ohne sie rechnet es andere Zahlen.</translation>
    </message>
    <message>
        <source>The files of {title} hold {twice} and {prefix}.{twice2}, which are the same tensor by two names.</source>
        <translation>Die Dateien von {title} enthalten {twice} und {prefix}.{twice2}, dieselben Tensoren unter zwei Namen.</translation>
    </message>
    <message>
        <source>The first column holds numbers, not categories.</source>
        <translation>Die erste Spalte enthält Zahlen, keine Kategorien.</translation>
    </message>
    <message>
        <source>The first line names {both}: which is that of {kind}?</source>
        <translation>Die erste Zeile nennt {both}: Welche ist die der {kind}?</translation>
    </message>
    <message>
        <source>The first line names “{names}”, but no column of words ({known}).</source>
        <translation>Die erste Zeile nennt „{names}“, aber keine Spalte von Wörtern ({known}).</translation>
    </message>
    <message>
        <source>The first line, {first}, was read as a word: does it name the columns?</source>
        <translation>Die erste Zeile, {first}, wurde als Wort gelesen: Benennt sie die Spalten?</translation>
    </message>
    <message>
        <source>The folder</source>
        <translation>Der Ordner</translation>
    </message>
    <message>
        <source>The folder {out} cannot be made: {strerror}.</source>
        <translation>Der Ordner {out} kann nicht angelegt werden: {strerror}.</translation>
    </message>
    <message>
        <source>The folder {out} is not empty.</source>
        <translation>Der Ordner {out} ist nicht leer.</translation>
    </message>
    <message>
        <source>The folder {path}</source>
        <translation>Der Ordner {path}</translation>
    </message>
    <message>
        <source>The folder {place} holds {others}, which is no activations.</source>
        <translation>Der Ordner {place} enthält {others}, was keine Aktivierungen sind.</translation>
    </message>
    <message>
        <source>The fraction; 0 is off, above 1 is greedy.</source>
        <translation>Der Bruchteil; 0 ist aus, über 1 nimmt immer das beste.</translation>
    </message>
    <message>
        <source>The header of {file} claims more tensors than any model has.</source>
        <translation>Der Kopf von {file} nennt mehr Tensoren, als ein Modell hat.</translation>
    </message>
    <message>
        <source>The history must be a list of token ids, whole numbers from 0.</source>
        <translation>Die Vorgeschichte muss eine Liste von Token-IDs sein, ganzen Zahlen ab 0.</translation>
    </message>
    <message>
        <source>The hub answered with status {status} when asked for {repository}.</source>
        <translation>Der Hub antwortete mit Status {status} auf die Frage nach {repository}.</translation>
    </message>
    <message>
        <source>The hub has no model {repository}, or it is private.</source>
        <translation>Der Hub hat kein Modell {repository}, oder es ist privat.</translation>
    </message>
    <message>
        <source>The hub refuses access to {repository} (status {status}).</source>
        <translation>Der Hub verweigert den Zugang zu {repository} (Status {status}).</translation>
    </message>
    <message>
        <source>The layer, and for a token a shift that keeps points apart.</source>
        <translation>Die Schicht, und bei einem Token eine Verschiebung, die Punkte trennt.</translation>
    </message>
    <message>
        <source>The layers are 0 to {n_layers}.</source>
        <translation>Die Schichten sind 0 bis {n_layers}.</translation>
    </message>
    <message>
        <source>The layers of this model have {site} of different shapes: {widths}.</source>
        <translation>Die Schichten dieses Modells haben {site} von verschiedener Form: {widths}.</translation>
    </message>
    <message>
        <source>The library {library} cannot be loaded: {why}.</source>
        <translation>Die Bibliothek {library} kann nicht geladen werden: {why}.</translation>
    </message>
    <message>
        <source>The line sep= must name one sign, as sep=; does.</source>
        <translation>Die Zeile sep= muss ein einziges Zeichen nennen, so wie sep=;.</translation>
    </message>
    <message>
        <source>The list</source>
        <translation>Die Liste</translation>
    </message>
    <message>
        <source>The log norm that is predicted; in order: the token; histogram: the bin's left edge.</source>
        <translation>Die vorhergesagte Log-Norm; der Reihe nach: das Token; Histogramm: der linke Rand der Klasse.</translation>
    </message>
    <message>
        <source>The logit of token {argmax} is infinite.</source>
        <translation>Das Logit von Token {argmax} ist unendlich.</translation>
    </message>
    <message>
        <source>The loop rate needs at least one seed.</source>
        <translation>Die Schleifenrate braucht mindestens einen Startwert.</translation>
    </message>
    <message>
        <source>The metric of the map, or of the x axis.</source>
        <translation>Die Kenngröße der Karte oder der x-Achse.</translation>
    </message>
    <message>
        <source>The metric of the y axis.</source>
        <translation>Die Kenngröße der y-Achse.</translation>
    </message>
    <message>
        <source>The model is in training mode, where dropout changes its activations.</source>
        <translation>Das Modell ist im Trainingsmodus, in dem Dropout seine Aktivierungen ändert.</translation>
    </message>
    <message>
        <source>The model recommends no samplers (general.sampling.*).</source>
        <translation>Das Modell empfiehlt keine Sampler (general.sampling.*).</translation>
    </message>
    <message>
        <source>The model {title} has no tokenizer, so it cannot read text.</source>
        <translation>Das Modell {title} hat keinen Tokenizer und kann daher keinen Text lesen.</translation>
    </message>
    <message>
        <source>The model {title} has no tokenizer.</source>
        <translation>Das Modell {title} hat keinen Tokenizer.</translation>
    </message>
    <message>
        <source>The model's are 0 to {vocab_size}.</source>
        <translation>Die des Modells sind 0 bis {vocab_size}.</translation>
    </message>
    <message>
        <source>The model's tokens are 0 to {n_rows}.</source>
        <translation>Die Tokens des Modells sind 0 bis {n_rows}.</translation>
    </message>
    <message>
        <source>The name of a chain must be one line of 1 to {longest_name} characters.</source>
        <translation>Der Name einer Kette muss eine Zeile von 1 bis {longest_name} Zeichen sein.</translation>
    </message>
    <message>
        <source>The name of {path} is not UTF-8 text, and its weights cannot be read by such a name.</source>
        <translation>Der Name von {path} ist kein UTF-8-Text, und unter einem solchen Namen lassen sich seine Gewichte nicht lesen.</translation>
    </message>
    <message>
        <source>The norms of {site} were not captured.</source>
        <translation>Die Normen von {site} wurden nicht aufgezeichnet.</translation>
    </message>
    <message>
        <source>The other models are not those of the experiment.</source>
        <translation>Die anderen Modelle sind nicht die des Experiments.</translation>
    </message>
    <message>
        <source>The other models have read other words.</source>
        <translation>Die anderen Modelle haben andere Wörter gelesen.</translation>
    </message>
    <message>
        <source>The other models were read at other sites.</source>
        <translation>Die anderen Modelle wurden an anderen Stellen gelesen.</translation>
    </message>
    <message>
        <source>The package index cannot be reached, so that nobody knows whether there is an update.</source>
        <translation>Das Paketverzeichnis ist nicht zu erreichen; ob es eine neue Version gibt, ist darum unbekannt.</translation>
    </message>
    <message>
        <source>The package index has no Laminoscope yet; this is version {here}.</source>
        <translation>Das Paketverzeichnis hat Laminoscope noch nicht; dies ist Version {here}.</translation>
    </message>
    <message>
        <source>The package {package} is damaged: {error}.</source>
        <translation>Das Paket {package} ist beschädigt: {error}.</translation>
    </message>
    <message>
        <source>The package {package} {version} does not contain {member}.</source>
        <translation>Das Paket {package} {version} enthält {member} nicht.</translation>
    </message>
    <message>
        <source>The probability; 0 is off.</source>
        <translation>Die Wahrscheinlichkeit; 0 ist aus.</translation>
    </message>
    <message>
        <source>The process that ran it died {tries_again} times.</source>
        <translation>Der Prozess, der es rechnete, ist {tries_again} Mal gestorben.</translation>
    </message>
    <message>
        <source>The processes of the sweep died as they were started.</source>
        <translation>Die Prozesse der Reihe sind beim Start gestorben.</translation>
    </message>
    <message>
        <source>The prompt has {ids} tokens; the model's context window is {window}.</source>
        <translation>Der Prompt hat {ids} Tokens; das Kontextfenster des Modells ist {window}.</translation>
    </message>
    <message>
        <source>The prompt is empty, and the tokenizer has no start token.</source>
        <translation>Der Prompt ist leer, und der Tokenizer hat kein Anfangstoken.</translation>
    </message>
    <message>
        <source>The prompt is empty.</source>
        <translation>Der Prompt ist leer.</translation>
    </message>
    <message>
        <source>The prompts must be a list of texts, not one text.</source>
        <translation>Die Prompts müssen eine Liste von Texten sein, nicht ein Text.</translation>
    </message>
    <message>
        <source>The prompts of the results are not those of the experiment.</source>
        <translation>Die Prompts der Ergebnisse sind nicht die des Experiments.</translation>
    </message>
    <message>
        <source>The quantity that colours the token, which the labels name.</source>
        <translation>Die Größe, die das Token färbt und die die Beschriftung nennt.</translation>
    </message>
    <message>
        <source>The quantity that the labels name.</source>
        <translation>Die Größe, die die Beschriftung nennt.</translation>
    </message>
    <message>
        <source>The repository</source>
        <translation>Das Repository</translation>
    </message>
    <message>
        <source>The result of adjustments is of another text.</source>
        <translation>Das Ergebnis der Anpassungen ist von einem anderen Text.</translation>
    </message>
    <message>
        <source>The result of continuation is of other prompts.</source>
        <translation>Das Ergebnis der Fortsetzung ist von anderen Prompts.</translation>
    </message>
    <message>
        <source>The result of regression is of another text.</source>
        <translation>Das Ergebnis der Regression ist von einem anderen Text.</translation>
    </message>
    <message>
        <source>The result of rsa-heads is of other sites.</source>
        <translation>Das Ergebnis von rsa-heads ist von anderen Stellen.</translation>
    </message>
    <message>
        <source>The result of rsa-models is of other carriers.</source>
        <translation>Das Ergebnis von rsa-models ist von anderen Trägersätzen.</translation>
    </message>
    <message>
        <source>The result of rsa-models is of other models.</source>
        <translation>Das Ergebnis von rsa-models ist von anderen Modellen.</translation>
    </message>
    <message>
        <source>The result of similarity is of head {head}; the model has none.</source>
        <translation>Das Ergebnis der Ähnlichkeit ist von Kopf {head}; das Modell hat ihn nicht.</translation>
    </message>
    <message>
        <source>The result of {name} has {layers} layers; the model has {n_layers}.</source>
        <translation>Das Ergebnis von {name} hat {layers} Schichten; das Modell hat {n_layers}.</translation>
    </message>
    <message>
        <source>The result of {name} is of another model.</source>
        <translation>Das Ergebnis von {name} ist von einem anderen Modell.</translation>
    </message>
    <message>
        <source>The result of {name} is of another text.</source>
        <translation>Das Ergebnis von {name} ist von einem anderen Text.</translation>
    </message>
    <message>
        <source>The result of {name} is of other carriers.</source>
        <translation>Das Ergebnis von {name} gehört zu anderen Trägersätzen.</translation>
    </message>
    <message>
        <source>The result of {name} is of other categories.</source>
        <translation>Das Ergebnis von {name} ist von anderen Kategorien.</translation>
    </message>
    <message>
        <source>The result of {name} is of other sites or carriers.</source>
        <translation>Das Ergebnis von {name} gehört zu anderen Stellen oder Trägersätzen.</translation>
    </message>
    <message>
        <source>The result of {name} is of other sites.</source>
        <translation>Das Ergebnis von {name} gehört zu anderen Stellen.</translation>
    </message>
    <message>
        <source>The result of {name} is of other words.</source>
        <translation>Das Ergebnis von {name} ist von anderen Wörtern.</translation>
    </message>
    <message>
        <source>The result of {name}-chance is of other carriers.</source>
        <translation>Das Ergebnis von {name}-chance gehört zu anderen Trägersätzen.</translation>
    </message>
    <message>
        <source>The same for all layers</source>
        <translation>Gleich für alle Schichten</translation>
    </message>
    <message>
        <source>The same token in every column.</source>
        <translation>Dasselbe Token in jeder Spalte.</translation>
    </message>
    <message>
        <source>The sampler that cuts it; empty for what is left.</source>
        <translation>Der Sampler, der es entfernt; leer bei dem, was bleibt.</translation>
    </message>
    <message>
        <source>The sampler that removed it; empty for what is left.</source>
        <translation>Der Sampler, der es entfernte; leer bei dem, was übrig ist.</translation>
    </message>
    <message>
        <source>The saved chain {name} cannot be used: {problem}</source>
        <translation>Die gespeicherte Kette {name} ist nicht benutzbar: {problem}</translation>
    </message>
    <message>
        <source>The saved chains in {path} are damaged.</source>
        <translation>Die gespeicherten Ketten in {path} sind beschädigt.</translation>
    </message>
    <message>
        <source>The score within minus the score across categories.</source>
        <translation>Der Wert innerhalb minus der zwischen den Kategorien.</translation>
    </message>
    <message>
        <source>The second column holds numbers, not words.</source>
        <translation>Die zweite Spalte enthält Zahlen, keine Wörter.</translation>
    </message>
    <message>
        <source>The second prompt has {ids} tokens; the model's context window is {window}.</source>
        <translation>Der zweite Prompt hat {ids} Tokens; das Kontextfenster des Modells ist {window}.</translation>
    </message>
    <message>
        <source>The second prompt; one more token of the model for each token.</source>
        <translation>Der zweite Prompt; ein weiteres Token des Modells für jedes Token.</translation>
    </message>
    <message>
        <source>The seed {seed} gave the token {token} and now gives {token2}.</source>
        <translation>Der Startwert {seed} gab das Token {token} und gibt jetzt {token2}.</translation>
    </message>
    <message>
        <source>The sentences that each word stood in.</source>
        <translation>Die Sätze, in denen jedes Wort stand.</translation>
    </message>
    <message>
        <source>The session cannot be saved: {name} would be too long.</source>
        <translation>Die Sitzung lässt sich nicht speichern: {name} wäre zu lang.</translation>
    </message>
    <message>
        <source>The session does not say which schema it has.</source>
        <translation>Die Sitzung sagt nicht, welches Schema sie hat.</translation>
    </message>
    <message>
        <source>The session of schema {schema} is damaged: {error}.</source>
        <translation>Die Sitzung mit Schema {schema} ist beschädigt: {error}.</translation>
    </message>
    <message>
        <source>The share; 0 is off.</source>
        <translation>Der Anteil; 0 ist aus.</translation>
    </message>
    <message>
        <source>The space that is merged into a token included.</source>
        <translation>Mit dem Leerzeichen, das zum Token gehört.</translation>
    </message>
    <message>
        <source>The span {start} to {stop} is not inside a prompt of {n_tokens} tokens.</source>
        <translation>Die Spanne {start} bis {stop} liegt nicht in einem Prompt von {n_tokens} Tokens.</translation>
    </message>
    <message>
        <source>The spans have the shape {shape}.</source>
        <translation>Die Spannen haben die Form {shape}.</translation>
    </message>
    <message>
        <source>The spans must be whole numbers, at least one range per prompt.</source>
        <translation>Die Spannen müssen ganze Zahlen sein, mindestens eine je Prompt.</translation>
    </message>
    <message>
        <source>The stop token “{shown}” needs a tokenizer.</source>
        <translation>Das Stopptoken „{shown}“ braucht einen Tokenizer.</translation>
    </message>
    <message>
        <source>The sum “{text}” lacks a word before or after a sign.</source>
        <translation>Der Summe „{text}“ fehlt ein Wort vor oder nach einem Zeichen.</translation>
    </message>
    <message>
        <source>The surprise to aim for, in bits per token.</source>
        <translation>Die angestrebte Überraschung, in Bit je Token.</translation>
    </message>
    <message>
        <source>The sweep has nothing to run.</source>
        <translation>Die Reihe hat nichts zu rechnen.</translation>
    </message>
    <message>
        <source>The tables of the session are not valid.</source>
        <translation>Die Tabellen der Sitzung sind nicht gültig.</translation>
    </message>
    <message>
        <source>The tensor {name} is in two files, {name2} and {name3}.</source>
        <translation>Der Tensor {name} ist in zwei Dateien, {name2} und {name3}.</translation>
    </message>
    <message>
        <source>The tensor {name} is {by}, not {by2}.</source>
        <translation>Der Tensor {name} ist {by}, nicht {by2}.</translation>
    </message>
    <message>
        <source>The tensors of {name} have other shapes than its header says.</source>
        <translation>Die Tensoren von {name} haben andere Formen, als der Kopf sagt.</translation>
    </message>
    <message>
        <source>The tensors of {title} have other shapes than its configuration says. {other_shape}</source>
        <translation>Die Tensoren von {title} haben andere Formen, als die Konfiguration sagt. {other_shape}</translation>
    </message>
    <message>
        <source>The text has {n_tokens} tokens; the model's context window is {window}.</source>
        <translation>Der Text hat {n_tokens} Tokens; das Kontextfenster des Modells ist {window}.</translation>
    </message>
    <message>
        <source>The text has {token_ids} token, the second one {against}.</source>
        <translation>Der Text hat {token_ids} Token, der zweite {against}.</translation>
    </message>
    <message>
        <source>The text has {token_ids} tokens, the second one {against}.</source>
        <translation>Der Text hat {token_ids} Tokens, der zweite {against}.</translation>
    </message>
    <message>
        <source>The text inside the blocks is not that of the experiment.</source>
        <translation>Der Text in den Blöcken ist nicht der des Experiments.</translation>
    </message>
    <message>
        <source>The text of the results is not that of the experiment.</source>
        <translation>Der Text der Ergebnisse ist nicht der des Experiments.</translation>
    </message>
    <message>
        <source>The text whose next token is asked for.</source>
        <translation>Der Text, nach dessen nächstem Token gefragt wird.</translation>
    </message>
    <message>
        <source>The text {half}.</source>
        <translation>Der Text {half}.</translation>
    </message>
    <message>
        <source>The texts of the column {name} are too long for NPZ, which gives all of them the room of the longest.</source>
        <translation>Die Texte der Spalte {name} sind zu lang für NPZ, das allen den Platz des längsten gibt.</translation>
    </message>
    <message>
        <source>The token that stands for what the vocabulary lacks, if the word has it.</source>
        <translation>Das Token, das für steht, was dem Vokabular fehlt, wenn das Wort es hat.</translation>
    </message>
    <message>
        <source>The token whose row of the unembedding has the largest product with the neuron's row of the down projection.</source>
        <translation>Das Token, dessen Zeile der Ausbettung das größte Produkt mit der Zeile des Neurons in der Abwärtsprojektion hat.</translation>
    </message>
    <message>
        <source>The tokenizer cannot read {text}</source>
        <translation>Der Tokenizer kann {text} nicht lesen</translation>
    </message>
    <message>
        <source>The tokenizer cannot read {text}: {said}.</source>
        <translation>Der Tokenizer kann {text} nicht lesen: {said}.</translation>
    </message>
    <message>
        <source>The tokenizer cannot write tokens as text</source>
        <translation>Der Tokenizer kann Tokens nicht als Text schreiben</translation>
    </message>
    <message>
        <source>The tokenizer has no token for {shown}{more} and would leave it out of “{text}”.</source>
        <translation>Der Tokenizer hat kein Token für {shown}{more} und würde es aus „{text}“ weglassen.</translation>
    </message>
    <message>
        <source>The tokenizer leaves nothing of the word {word}.</source>
        <translation>Der Tokenizer lässt vom Wort {word} nichts übrig.</translation>
    </message>
    <message>
        <source>The tokenizer leaves out {names} in places: the model reads the text as if it were not there.</source>
        <translation>Der Tokenizer lässt stellenweise {names} aus: Das Modell liest den Text, als stünde es nicht da.</translation>
    </message>
    <message>
        <source>The tokenizer of {title} cannot be read</source>
        <translation>Der Tokenizer von {title} lässt sich nicht lesen</translation>
    </message>
    <message>
        <source>The tokenizer of {title} does not tell where its tokens begin.</source>
        <translation>Der Tokenizer von {title} sagt nicht, wo seine Tokens beginnen.</translation>
    </message>
    <message>
        <source>The tokenizer of {title} makes {ids} tokens of {text} characters.</source>
        <translation>Der Tokenizer von {title} macht {ids} Tokens aus {text} Zeichen.</translation>
    </message>
    <message>
        <source>The tokenizer of {title} makes {text} characters of {ids} tokens.</source>
        <translation>Der Tokenizer von {title} macht {text} Zeichen aus {ids} Tokens.</translation>
    </message>
    <message>
        <source>The tokenizer of {title} reads no text: {failed}.</source>
        <translation>Der Tokenizer von {title} liest keinen Text: {failed}.</translation>
    </message>
    <message>
        <source>The tokenizer of {title} {said}.</source>
        <translation>Der Tokenizer von {title} {said}.</translation>
    </message>
    <message>
        <source>The tokenizer reads {names} as a plain space.</source>
        <translation>Der Tokenizer liest {names} als einfaches Leerzeichen.</translation>
    </message>
    <message>
        <source>The tokenizer {tokenizer} cannot say which tokens hold which characters of {sentence}.</source>
        <translation>Der Tokenizer {tokenizer} kann nicht sagen, welche Tokens welche Zeichen von {sentence} enthalten.</translation>
    </message>
    <message>
        <source>The tokens are 0 to {n_tokens}.</source>
        <translation>Die Tokens sind 0 bis {n_tokens}.</translation>
    </message>
    <message>
        <source>The two sites that are compared.</source>
        <translation>Die beiden Stellen, die verglichen werden.</translation>
    </message>
    <message>
        <source>The value in standard deviations from the mean.</source>
        <translation>Der Wert in Standardabweichungen vom Mittel.</translation>
    </message>
    <message>
        <source>The vector to steer along has {vector} numbers, the stream has {d_model}.</source>
        <translation>Der Vektor zum Lenken hat {vector} Zahlen, der Strom hat {d_model}.</translation>
    </message>
    <message>
        <source>The vectors have the shape {shape}.</source>
        <translation>Die Vektoren haben die Form {shape}.</translation>
    </message>
    <message>
        <source>The vocabulary has only {plain} token beside special ones.</source>
        <translation>Das Vokabular hat nur {plain} Token neben besonderen.</translation>
    </message>
    <message>
        <source>The vocabulary has only {plain} tokens beside special ones.</source>
        <translation>Das Vokabular hat nur {plain} Tokens neben besonderen.</translation>
    </message>
    <message>
        <source>The weights of {title} lack {missing} of the model's tensors, the first is {missing2}.</source>
        <translation>Den Gewichten von {title} fehlen {missing} Tensoren des Modells, der erste ist {missing2}.</translation>
    </message>
    <message>
        <source>The word “{pairs}” stands in it twice.</source>
        <translation>Das Wort „{pairs}“ steht zweimal darin.</translation>
    </message>
    <message>
        <source>The word “{words}” stands in line {first} already.</source>
        <translation>Das Wort „{words}“ steht schon in Zeile {first}.</translation>
    </message>
    <message>
        <source>The words of the altered model are others.</source>
        <translation>Die Wörter des veränderten Modells sind andere.</translation>
    </message>
    <message>
        <source>The words of the altered model were compared in another way.</source>
        <translation>Die Wörter des veränderten Modells wurden anders verglichen.</translation>
    </message>
    <message>
        <source>The words of the results are not those of the experiment.</source>
        <translation>Die Wörter der Ergebnisse sind nicht die des Experiments.</translation>
    </message>
    <message>
        <source>The words of the results do not have all sites that are compared.</source>
        <translation>Die Wörter der Ergebnisse haben nicht alle Stellen, die verglichen werden.</translation>
    </message>
    <message>
        <source>The {what} “{text}” is no token of this model.</source>
        <translation>{what} „{text}“ ist kein Token dieses Modells.</translation>
    </message>
    <message>
        <source>The {what} “{text}” is {n_tokens} tokens: {names}.</source>
        <translation>{what} „{text}“ ist {n_tokens} Tokens: {names}.</translation>
    </message>
    <message>
        <source>There are 0 to {last}.</source>
        <translation>Es gibt 0 bis {last}.</translation>
    </message>
    <message>
        <source>There are no prompts.</source>
        <translation>Es gibt keine Prompts.</translation>
    </message>
    <message>
        <source>There are no texts to keep activations of.</source>
        <translation>Es gibt keine Texte, deren Aktivierungen behalten werden könnten.</translation>
    </message>
    <message>
        <source>There are no words in it.</source>
        <translation>Es sind keine Wörter darin.</translation>
    </message>
    <message>
        <source>There are no {covariance} standard errors.</source>
        <translation>Es gibt keine {covariance}-Standardfehler.</translation>
    </message>
    <message>
        <source>There are {covariances}.</source>
        <translation>Es gibt {covariances}.</translation>
    </message>
    <message>
        <source>There are {files} files; {most_files} are the most that are read at once.</source>
        <translation>Es sind {files} Dateien; höchstens {most_files} werden auf einmal gelesen.</translation>
    </message>
    <message>
        <source>There are {known}.</source>
        <translation>Es gibt {known}.</translation>
    </message>
    <message>
        <source>There are {predictors}.</source>
        <translation>Es gibt {predictors}.</translation>
    </message>
    <message>
        <source>There is a cache in {target} already: it has a folder {name}.</source>
        <translation>In {target} ist schon ein Cache: Er hat einen Ordner {name}.</translation>
    </message>
    <message>
        <source>There is a chain called “{new}” already.</source>
        <translation>Es gibt schon eine Kette namens „{new}“.</translation>
    </message>
    <message>
        <source>There is a result of {id} but none of {missing}.</source>
        <translation>Es gibt ein Ergebnis von {id}, aber keines von {missing}.</translation>
    </message>
    <message>
        <source>There is no Dask scheduler at {scheduler}: {error}.</source>
        <translation>Unter {scheduler} ist kein Dask-Scheduler: {error}.</translation>
    </message>
    <message>
        <source>There is no chain and no file {name}.</source>
        <translation>Es gibt keine Kette und keine Datei {name}.</translation>
    </message>
    <message>
        <source>There is no chain called {entry}.</source>
        <translation>Es gibt keine Kette namens {entry}.</translation>
    </message>
    <message>
        <source>There is no chain called {name}.</source>
        <translation>Es gibt keine Kette namens {name}.</translation>
    </message>
    <message>
        <source>There is no chain called “{old}”.</source>
        <translation>Es gibt keine Kette namens „{old}“.</translation>
    </message>
    <message>
        <source>There is no disk space to fetch {repository}.</source>
        <translation>Es ist kein Platz auf dem Datenträger, um {repository} zu holen.</translation>
    </message>
    <message>
        <source>There is no disk space to fetch {repository}: it takes {needed} and {free} are free.</source>
        <translation>Es ist kein Platz auf dem Datenträger, um {repository} zu holen: Es braucht {needed}, und {free} sind frei.</translation>
    </message>
    <message>
        <source>There is no disk space to fetch {title}: it takes {bytes} MB while it is unpacked.</source>
        <translation>Es ist kein Platz auf dem Datenträger, um {title} zu holen: Es braucht beim Auspacken {bytes} MB.</translation>
    </message>
    <message>
        <source>There is no disk space to {doing}: it takes {needed} MB and {cache_folder} has {free} MB left.</source>
        <translation>Kein Platz auf dem Datenträger: {doing}. Das braucht {needed} MB, und in {cache_folder} sind noch {free} MB frei.</translation>
    </message>
    <message>
        <source>There is no file or folder {text}.</source>
        <translation>Es gibt keine Datei und keinen Ordner {text}.</translation>
    </message>
    <message>
        <source>There is no file {path}.</source>
        <translation>Es gibt keine Datei {path}.</translation>
    </message>
    <message>
        <source>There is no head {head}.</source>
        <translation>Es gibt keinen Kopf {head}.</translation>
    </message>
    <message>
        <source>There is no pip here to ask the package index with.</source>
        <translation>Hier ist kein pip, um den Paketindex zu fragen.</translation>
    </message>
    <message>
        <source>There is no pip to fetch {title} with.</source>
        <translation>Es gibt kein pip, um {title} zu holen.</translation>
    </message>
    <message>
        <source>There is no predictor {name}.</source>
        <translation>Es gibt keinen Prädiktor {name}.</translation>
    </message>
    <message>
        <source>There is no room for the cache in {target}: it takes {total} and {free} are free.</source>
        <translation>In {target} ist kein Platz für den Cache: Er braucht {total}, und {free} sind frei.</translation>
    </message>
    <message>
        <source>There is no sampler {name}.</source>
        <translation>Es gibt keinen Sampler {name}.</translation>
    </message>
    <message>
        <source>There is no token {entry} to stop at; the model's are 0 to {vocabulary}.</source>
        <translation>Es gibt kein Token {entry} zum Aufhören; die des Modells sind 0 bis {vocabulary}.</translation>
    </message>
    <message>
        <source>There is no token {token_id}.</source>
        <translation>Es gibt kein Token {token_id}.</translation>
    </message>
    <message>
        <source>There is no token {token}; they are 0 to {vocabulary}.</source>
        <translation>Es gibt kein Token {token}; sie sind 0 bis {vocabulary}.</translation>
    </message>
    <message>
        <source>There is no token {worst}.</source>
        <translation>Es gibt kein Token {worst}.</translation>
    </message>
    <message>
        <source>There is no way to read a session of schema {schema} any more.</source>
        <translation>Eine Sitzung mit Schema {schema} lässt sich nicht mehr lesen.</translation>
    </message>
    <message>
        <source>There is no word in this row; it is left out.</source>
        <translation>In dieser Zeile steht kein Wort; sie wird weggelassen.</translation>
    </message>
    <message>
        <source>There is not enough memory for a batch of {size}{detail}.</source>
        <translation>Der Speicher reicht nicht für einen Stapel von {size}{detail}.</translation>
    </message>
    <message>
        <source>There is not enough memory for {where} ({size} bytes).</source>
        <translation>Der Speicher reicht nicht für {where} ({size} Byte).</translation>
    </message>
    <message>
        <source>There is not enough memory to open {title}.</source>
        <translation>Der Speicher reicht nicht, um {title} zu öffnen.</translation>
    </message>
    <message>
        <source>There is not enough memory to read {n_rows} × {n_tokens} tokens.</source>
        <translation>Der Speicher reicht nicht, um {n_rows} × {n_tokens} Tokens zu lesen.</translation>
    </message>
    <message>
        <source>There is not enough memory to read {name}.</source>
        <translation>Der Speicher reicht nicht, um {name} zu lesen.</translation>
    </message>
    <message>
        <source>They belong to another kind of model, or are not all there.</source>
        <translation>Sie gehören zu einer anderen Art von Modell oder sind nicht alle da.</translation>
    </message>
    <message>
        <source>They belong to another model, or are not all there; fetch the model again.</source>
        <translation>Sie gehören zu einem anderen Modell oder sind nicht alle da; das Modell noch einmal holen.</translation>
    </message>
    <message>
        <source>They belong to another model; fetch it again.</source>
        <translation>Sie gehören zu einem anderen Modell; noch einmal holen.</translation>
    </message>
    <message>
        <source>They belong to another model; fetch the model again.</source>
        <translation>Sie gehören zu einem anderen Modell; das Modell noch einmal holen.</translation>
    </message>
    <message>
        <source>This analysis needs a running text.</source>
        <translation>Diese Analyse braucht einen laufenden Text.</translation>
    </message>
    <message>
        <source>This analysis needs a text to look inside the blocks with.</source>
        <translation>Diese Analyse braucht einen Text, mit dem sie in die Blöcke sehen kann.</translation>
    </message>
    <message>
        <source>This analysis needs a word experiment.</source>
        <translation>Diese Analyse braucht ein Wortexperiment.</translation>
    </message>
    <message>
        <source>This analysis needs prompts.</source>
        <translation>Diese Analyse braucht Prompts.</translation>
    </message>
    <message>
        <source>This analysis needs the result of {analysis_id}.</source>
        <translation>Diese Analyse braucht das Ergebnis von {analysis_id}.</translation>
    </message>
    <message>
        <source>This analysis needs the words of the model as it is.</source>
        <translation>Diese Analyse braucht die Wörter des unveränderten Modells.</translation>
    </message>
    <message>
        <source>This capture has {layers}.</source>
        <translation>Diese Aufzeichnung hat {layers}.</translation>
    </message>
    <message>
        <source>This capture has {sites}.</source>
        <translation>Diese Aufzeichnung hat {sites}.</translation>
    </message>
    <message>
        <source>This model has no {vocabulary} with a row for each token.</source>
        <translation>Dieses Modell hat keine {vocabulary} mit einer Zeile für jedes Token.</translation>
    </message>
    <message>
        <source>This model has none of {sites}: {missing}.</source>
        <translation>Dieses Modell hat nichts von {sites}: {missing}.</translation>
    </message>
    <message>
        <source>This needs the activations of the words, which the session was saved without.</source>
        <translation>Das braucht die Aktivierungen der Wörter, ohne die die Sitzung gespeichert wurde.</translation>
    </message>
    <message>
        <source>This needs what other models activate, which the session was saved without.</source>
        <translation>Das braucht, was andere Modelle aktivieren; die Sitzung wurde ohne das gespeichert.</translation>
    </message>
    <message>
        <source>Ties in the order of the token ids.</source>
        <translation>Gleiche in der Reihenfolge der Token-IDs.</translation>
    </message>
    <message>
        <source>To patch one from the other they need the same number; without patching, leave the second one (against) empty.</source>
        <translation>Um den einen in den anderen einzusetzen, müssen es gleich viele sein; ohne Einsetzen lassen Sie den zweiten (against) leer.</translation>
    </message>
    <message>
        <source>Token adjustments</source>
        <translation>Token-Anpassungen</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Tokens</translation>
    </message>
    <message>
        <source>Tokens for a whole turn.</source>
        <translation>Tokens für eine ganze Drehung.</translation>
    </message>
    <message>
        <source>Tokens near {of}, by {ways}</source>
        <translation>Tokens nahe {of}, nach {ways}</translation>
    </message>
    <message>
        <source>Top-a</source>
        <translation>Top-a</translation>
    </message>
    <message>
        <source>Top-h</source>
        <translation>Top-h</translation>
    </message>
    <message>
        <source>Top-k</source>
        <translation>Top-k</translation>
    </message>
    <message>
        <source>Top-nσ</source>
        <translation>Top-nσ</translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation>Top-p</translation>
    </message>
    <message>
        <source>Try again later.</source>
        <translation>Später noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Try again, or open a model that is on this machine.</source>
        <translation>Noch einmal versuchen oder ein Modell öffnen, das auf diesem Rechner ist.</translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>Noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Try again; if it happens again, do not use that package index.</source>
        <translation>Noch einmal versuchen; geschieht es wieder, diesen Paketindex nicht benutzen.</translation>
    </message>
    <message>
        <source>Try again; if it happens again, please report it.</source>
        <translation>Noch einmal versuchen; geschieht es wieder, bitte melden.</translation>
    </message>
    <message>
        <source>Try another model.</source>
        <translation>Ein anderes Modell versuchen.</translation>
    </message>
    <message>
        <source>Try another text or model.</source>
        <translation>Einen anderen Text oder ein anderes Modell versuchen.</translation>
    </message>
    <message>
        <source>Trying {title} in a process of its own</source>
        <translation>{title} in einem eigenen Prozess prüfen</translation>
    </message>
    <message>
        <source>Two chains are called {name}.</source>
        <translation>Zwei Ketten heißen {name}.</translation>
    </message>
    <message>
        <source>Two-sided; by exchanging words before and after the alteration.</source>
        <translation>Zweiseitig; durch Vertauschen von Wörtern vor und nach der Veränderung.</translation>
    </message>
    <message>
        <source>Two-sided; of scores of words: by relabelling words, of coefficients: from t.</source>
        <translation>Zweiseitig; bei Werten von Wörtern: durch Vertauschen der Wörter, bei Koeffizienten: aus t.</translation>
    </message>
    <message>
        <source>Type at least one character.</source>
        <translation>Mindestens ein Zeichen eingeben.</translation>
    </message>
    <message>
        <source>Typical-p</source>
        <translation>Typical-p</translation>
    </message>
    <message>
        <source>Undefined in layer {layer}: {reason}.</source>
        <translation>Undefiniert in Schicht {layer}: {reason}.</translation>
    </message>
    <message>
        <source>Undefined: {undefined}</source>
        <translation>Undefiniert: {undefined}</translation>
    </message>
    <message>
        <source>Unexpected {name}: {first}</source>
        <translation>Unerwartet {name}: {first}</translation>
    </message>
    <message>
        <source>Unity</source>
        <translation>Diagonale</translation>
    </message>
    <message>
        <source>Unpacking {title}</source>
        <translation>{title} auspacken</translation>
    </message>
    <message>
        <source>Update Laminoscope, or move the file away.</source>
        <translation>Laminoscope aktualisieren oder die Datei verschieben.</translation>
    </message>
    <message>
        <source>Upper end of the 95 % interval or band.</source>
        <translation>Oberes Ende des 95-%-Intervalls oder -Bands.</translation>
    </message>
    <message>
        <source>Use a model with a fast tokenizer.</source>
        <translation>Ein Modell mit schnellem Tokenizer benutzen.</translation>
    </message>
    <message>
        <source>Use the model, device and precision of the first time.</source>
        <translation>Modell, Gerät und Genauigkeit vom ersten Mal benutzen.</translation>
    </message>
    <message>
        <source>Wait until it ends; if none runs there, delete {lock}.</source>
        <translation>Warten Sie, bis sie endet; läuft dort keine, dann löschen Sie {lock}.</translation>
    </message>
    <message>
        <source>Watched tokens</source>
        <translation>Beobachtet</translation>
    </message>
    <message>
        <source>What adds to the logit; sum is embedding + attention + mlp + bias, logit the model's own, both before a cap.</source>
        <translation>Was zum Logit beiträgt; sum ist embedding + attention + mlp + bias, logit das eigene des Modells, beide vor einer Begrenzung.</translation>
    </message>
    <message>
        <source>What alters the model is not what the experiment says.</source>
        <translation>Was das Modell verändert, ist nicht das, was das Experiment sagt.</translation>
    </message>
    <message>
        <source>What chains leave after {after}</source>
        <translation>Was Ketten nach {after} übrig lassen</translation>
    </message>
    <message>
        <source>What counts as probable.</source>
        <translation>Was als wahrscheinlich gilt.</translation>
    </message>
    <message>
        <source>What distance does to {name}</source>
        <translation>Was der Abstand bei {name} bewirkt</translation>
    </message>
    <message>
        <source>What each token of distance adds to the bias, where that is the same for all.</source>
        <translation>Was jedes Token Abstand zum Bias hinzufügt, wo das für alle gleich ist.</translation>
    </message>
    <message>
        <source>What enters the down projection.</source>
        <translation>Was in die Abwärtsprojektion eintritt.</translation>
    </message>
    <message>
        <source>What interventions do to {of} after the last token</source>
        <translation>Was Eingriffe mit {of} nach dem letzten Token machen</translation>
    </message>
    <message>
        <source>What is added to the stream, {said}</source>
        <translation>Was zum Strom dazukommt, {said}</translation>
    </message>
    <message>
        <source>What is captured of {lengths} prompts takes {kept}; memory and disk have room for {room}.</source>
        <translation>Was von {lengths} Prompts aufgezeichnet wird, braucht {kept}; in Speicher und auf dem Datenträger ist Platz für {room}.</translation>
    </message>
    <message>
        <source>What is known of the words: category (the same or not), n_tokens or length (minus the difference of tokens, or of characters).</source>
        <translation>Was über die Wörter bekannt ist: category (dieselbe oder nicht), n_tokens oder length (minus der Unterschied der Token oder der Zeichen).</translation>
    </message>
    <message>
        <source>What the column holds for the token.</source>
        <translation>Was die Spalte für das Token enthält.</translation>
    </message>
    <message>
        <source>What the norm {norms} does, {said}</source>
        <translation>Was die Norm {norms} macht, {said}</translation>
    </message>
    <message>
        <source>What the stream of the text brings back, {size}</source>
        <translation>Was der Strom des Textes zurückbringt, {size}</translation>
    </message>
    <message>
        <source>What the target takes from the token, as chosen.</source>
        <translation>Was das Ziel von dem Token nimmt, je nach Wahl.</translation>
    </message>
    <message>
        <source>What to keep in mind with the numbers of this line.</source>
        <translation>Was bei den Zahlen dieser Zeile zu bedenken ist.</translation>
    </message>
    <message>
        <source>What was generated follows no prompt.</source>
        <translation>Was fortgesetzt wurde, folgt keinem Prompt.</translation>
    </message>
    <message>
        <source>What was typed begins with {twice}, and the tokenizer adds one: the model reads it twice. Remove the typed one.</source>
        <translation>Das Eingegebene beginnt mit {twice}, und der Tokenizer fügt eines hinzu: Das Modell liest es zweimal. Das eingegebene entfernen.</translation>
    </message>
    <message>
        <source>What would fit: {fitting}.</source>
        <translation>Es passen: {fitting}.</translation>
    </message>
    <message>
        <source>What {taking}, layer {layer}, {heads}</source>
        <translation>Was {taking}, Schicht {layer}, {heads}</translation>
    </message>
    <message>
        <source>Where the draw landed.</source>
        <translation>Wohin die Ziehung fiel.</translation>
    </message>
    <message>
        <source>Where the other vectors were read.</source>
        <translation>Wo die anderen Vektoren gelesen wurden.</translation>
    </message>
    <message>
        <source>Where the value is the difference.</source>
        <translation>Wo der Wert der Unterschied ist.</translation>
    </message>
    <message>
        <source>Where vectors were read: q, k and v are the outputs of projections.</source>
        <translation>Wo Vektoren gelesen wurden: q, k und v sind die Ausgaben von Projektionen.</translation>
    </message>
    <message>
        <source>Whether XTC did this, or the draw fell here; else true.</source>
        <translation>Ob XTC das tat oder die Ziehung hierhin fiel; sonst wahr.</translation>
    </message>
    <message>
        <source>Whether both words are of one category.</source>
        <translation>Ob beide Wörter aus einer Kategorie sind.</translation>
    </message>
    <message>
        <source>Whether it is one of the tokenizer's own.</source>
        <translation>Ob es eines der eigenen des Tokenizers ist.</translation>
    </message>
    <message>
        <source>Whether it was selected in the window.</source>
        <translation>Ob es im Fenster ausgewählt war.</translation>
    </message>
    <message>
        <source>Whether p is below .05 and q is not.</source>
        <translation>Ob p unter .05 ist und q nicht.</translation>
    </message>
    <message>
        <source>Whether q is below .05.</source>
        <translation>Ob q unter .05 ist.</translation>
    </message>
    <message>
        <source>Whether the prompt was read through the model's chat template.</source>
        <translation>Ob der Prompt durch die Chat-Vorlage des Modells gelesen wurde.</translation>
    </message>
    <message>
        <source>Whether the token is listed because it is watched.</source>
        <translation>Ob das Token aufgeführt ist, weil es beobachtet wird.</translation>
    </message>
    <message>
        <source>Whether the token was written after the prompt.</source>
        <translation>Ob das Token nach dem Prompt geschrieben wurde.</translation>
    </message>
    <message>
        <source>Which chains would have cut this text</source>
        <translation>Welche Ketten diesen Text beschnitten hätten</translation>
    </message>
    <message>
        <source>Which part of the plot the line belongs to.</source>
        <translation>Zu welchem Teil der Abbildung die Zeile gehört.</translation>
    </message>
    <message>
        <source>Whose output is read; −1 is the embedding.</source>
        <translation>Wessen Ausgabe gelesen wird; −1 ist die Einbettung.</translation>
    </message>
    <message>
        <source>Why a number of this line is undefined; empty where none is.</source>
        <translation>Warum eine Zahl dieser Zeile undefiniert ist; leer, wo keine es ist.</translation>
    </message>
    <message>
        <source>With the other models, at the same relative depth.</source>
        <translation>Mit den anderen Modellen, in derselben relativen Tiefe.</translation>
    </message>
    <message>
        <source>With the second prompt the text has {n_tokens} tokens; the model's context window is {window}.</source>
        <translation>Mit dem zweiten Prompt hat der Text {n_tokens} Tokens; das Kontextfenster des Modells ist {window}.</translation>
    </message>
    <message>
        <source>With the statistics of the final norm held fixed.</source>
        <translation>Mit festgehaltenen Kennzahlen der letzten Norm.</translation>
    </message>
    <message>
        <source>Within and across</source>
        <translation>Innerhalb und zwischen</translation>
    </message>
    <message>
        <source>Word map</source>
        <translation>Wortkarte</translation>
    </message>
    <message>
        <source>Word maps</source>
        <translation>Wortkarten</translation>
    </message>
    <message>
        <source>Word similarity</source>
        <translation>Wortähnlichkeit</translation>
    </message>
    <message>
        <source>Words across models</source>
        <translation>Wörter über Modelle</translation>
    </message>
    <message>
        <source>Write a prompt.</source>
        <translation>Einen Prompt schreiben.</translation>
    </message>
    <message>
        <source>Write it as king - man + woman.</source>
        <translation>Als king - man + woman schreiben.</translation>
    </message>
    <message>
        <source>Write the text without it, or open another model.</source>
        <translation>Schreiben Sie den Text ohne das Zeichen, oder öffnen Sie ein anderes Modell.</translation>
    </message>
    <message>
        <source>XTC</source>
        <translation>XTC</translation>
    </message>
    <message>
        <source>a PDF</source>
        <translation>ein PDF</translation>
    </message>
    <message>
        <source>a band needs at least {fewest} words in each category, “{name}” has {size}</source>
        <translation>ein Band braucht mindestens {fewest} Wörter in jeder Kategorie, „{name}“ hat {size}</translation>
    </message>
    <message>
        <source>a band needs at least {min_band_words} words, here there are {categories}</source>
        <translation>ein Band braucht mindestens {min_band_words} Wörter, hier sind es {categories}</translation>
    </message>
    <message>
        <source>a category has an empty name</source>
        <translation>eine Kategorie hat einen leeren Namen</translation>
    </message>
    <message>
        <source>a category, in its colour</source>
        <translation>eine Kategorie, in ihrer Farbe</translation>
    </message>
    <message>
        <source>a chain</source>
        <translation>eine Kette</translation>
    </message>
    <message>
        <source>a compressed file</source>
        <translation>eine komprimierte Datei</translation>
    </message>
    <message>
        <source>a correlation needs at least {min_pairs} other words, here there are {words}</source>
        <translation>eine Korrelation braucht mindestens {min_pairs} andere Wörter, hier sind es {words}</translation>
    </message>
    <message>
        <source>a correlation needs at least {min_pairs} pairs of words, here there are {n_pairs}</source>
        <translation>eine Korrelation braucht mindestens {min_pairs} Wortpaare, hier sind es {n_pairs}</translation>
    </message>
    <message>
        <source>a curve has {layers} of {n_layers} layers</source>
        <translation>eine Kurve hat {layers} von {n_layers} Schichten</translation>
    </message>
    <message>
        <source>a dendrogram needs at least 2 words</source>
        <translation>ein Dendrogramm braucht mindestens 2 Wörter</translation>
    </message>
    <message>
        <source>a factor belongs to scale, and scale needs one</source>
        <translation>ein Faktor gehört zu scale, und scale braucht einen</translation>
    </message>
    <message>
        <source>a finite number</source>
        <translation>eine endliche Zahl</translation>
    </message>
    <message>
        <source>a formatted text</source>
        <translation>ein formatierter Text</translation>
    </message>
    <message>
        <source>a formula has at most {longest} characters</source>
        <translation>eine Formel hat höchstens {longest} Zeichen</translation>
    </message>
    <message>
        <source>a head writes the same at all tokens</source>
        <translation>ein Kopf schreibt bei allen Tokens dasselbe</translation>
    </message>
    <message>
        <source>a head's weights are all equal, or its layer does not show them</source>
        <translation>die Gewichte eines Kopfes sind alle gleich, oder seine Schicht zeigt sie nicht</translation>
    </message>
    <message>
        <source>a line end</source>
        <translation>ein Zeilenende</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>eine Liste</translation>
    </message>
    <message>
        <source>a map needs at least {min_words} words, here there are {matrix}</source>
        <translation>eine Karte braucht mindestens {min_words} Wörter, hier sind es {matrix}</translation>
    </message>
    <message>
        <source>a map of {token_ids} token would read {n_read} tokens and {most_read} are the most; shorten both texts</source>
        <translation>eine Karte von {token_ids} Token läse {n_read} Tokens, {most_read} sind die meisten; beide Texte kürzen</translation>
    </message>
    <message>
        <source>a map of {token_ids} tokens would read {n_read} tokens and {most_read} are the most; shorten both texts</source>
        <translation>eine Karte von {token_ids} Tokens läse {n_read} Tokens, {most_read} sind die meisten; beide Texte kürzen</translation>
    </message>
    <message>
        <source>a mean needs three models</source>
        <translation>ein Mittel braucht drei Modelle</translation>
    </message>
    <message>
        <source>a model agrees with itself about every word</source>
        <translation>ein Modell ist mit sich selbst über jedes Wort einig</translation>
    </message>
    <message>
        <source>a model has an empty name</source>
        <translation>ein Modell hat einen leeren Namen</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>eine Zahl</translation>
    </message>
    <message>
        <source>a number in it has thousands of digits</source>
        <translation>eine Zahl darin hat Tausende von Ziffern</translation>
    </message>
    <message>
        <source>a patch needs the second text, against</source>
        <translation>ein patch braucht den zweiten Text, against</translation>
    </message>
    <message>
        <source>a predictor is not finite</source>
        <translation>ein Prädiktor ist nicht endlich</translation>
    </message>
    <message>
        <source>a process of another machine</source>
        <translation>ein Prozess eines anderen Rechners</translation>
    </message>
    <message>
        <source>a prompt is empty</source>
        <translation>ein Prompt ist leer</translation>
    </message>
    <message>
        <source>a quotation mark is not closed</source>
        <translation>ein Anführungszeichen ist nicht geschlossen</translation>
    </message>
    <message>
        <source>a quotation mark stands inside a cell; such a cell is quoted, and the mark doubled</source>
        <translation>ein Anführungszeichen steht in einer Zelle; eine solche Zelle wird in Anführungszeichen gesetzt und das Zeichen verdoppelt</translation>
    </message>
    <message>
        <source>a rule begins with “keep:” or “logit:”</source>
        <translation>eine Regel beginnt mit „keep:“ oder „logit:“</translation>
    </message>
    <message>
        <source>a shape needs at least {fewest} tokens</source>
        <translation>eine Form braucht mindestens {fewest} Tokens</translation>
    </message>
    <message>
        <source>a small p says that the residuals remember more tokens than the lags take up; standard errors and p are then not to be trusted</source>
        <translation>ein kleines p sagt, dass die Residuen mehr Tokens behalten, als die früheren Tokens aufnehmen; Standardfehlern und p ist dann nicht zu trauen</translation>
    </message>
    <message>
        <source>a smaller batch size, fewer sites or layers, or a shorter text</source>
        <translation>eine kleinere Stapelgröße, weniger Stellen oder Schichten oder ein kürzerer Text</translation>
    </message>
    <message>
        <source>a spreadsheet or an archive</source>
        <translation>eine Tabelle oder ein Archiv</translation>
    </message>
    <message>
        <source>a standard deviation needs at least 3 pairs of words</source>
        <translation>eine Standardabweichung braucht mindestens 3 Wortpaare</translation>
    </message>
    <message>
        <source>a tab</source>
        <translation>ein Tabulator</translation>
    </message>
    <message>
        <source>a table</source>
        <translation>eine Tabelle</translation>
    </message>
    <message>
        <source>a table in Parquet</source>
        <translation>eine Tabelle in Parquet</translation>
    </message>
    <message>
        <source>a table that Laminoscope wrote</source>
        <translation>eine Tabelle, die Laminoscope geschrieben hat</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>ein Text</translation>
    </message>
    <message>
        <source>a turn in {period} tokens</source>
        <translation>eine Drehung in {period} Tokens</translation>
    </message>
    <message>
        <source>a watched token is empty</source>
        <translation>ein verfolgtes Token ist leer</translation>
    </message>
    <message>
        <source>a web page or XML</source>
        <translation>eine Webseite oder XML</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>eine ganze Zahl</translation>
    </message>
    <message>
        <source>a − b: the first less the second.</source>
        <translation>a − b: das erste minus das zweite.</translation>
    </message>
    <message>
        <source>across</source>
        <translation>zwischen</translation>
    </message>
    <message>
        <source>across categories</source>
        <translation>zwischen Kategorien</translation>
    </message>
    <message>
        <source>across {first} and {second}</source>
        <translation>zwischen {first} und {second}</translation>
    </message>
    <message>
        <source>across, n = {counts}</source>
        <translation>zwischen, n = {counts}</translation>
    </message>
    <message>
        <source>across, n = {n_pairs} pair</source>
        <translation>zwischen, n = {n_pairs} Paar</translation>
    </message>
    <message>
        <source>across, n = {n_pairs} pairs</source>
        <translation>zwischen, n = {n_pairs} Paare</translation>
    </message>
    <message>
        <source>activation after the gate</source>
        <translation>Aktivierung nach dem Tor</translation>
    </message>
    <message>
        <source>active (%)</source>
        <translation>aktiv (%)</translation>
    </message>
    <message>
        <source>added</source>
        <translation>hinzugefügt</translation>
    </message>
    <message>
        <source>added to the logit</source>
        <translation>zum Logit beigetragen</translation>
    </message>
    <message>
        <source>adjusted R²</source>
        <translation>berichtigtes R²</translation>
    </message>
    <message>
        <source>after a line that names them</source>
        <translation>nach einer Zeile, die sie benennt</translation>
    </message>
    <message>
        <source>after it</source>
        <translation>danach</translation>
    </message>
    <message>
        <source>after layer {row}  {signed}</source>
        <translation>nach Schicht {row}  {signed}</translation>
    </message>
    <message>
        <source>after the chain</source>
        <translation>nach der Kette</translation>
    </message>
    <message>
        <source>after token {token}, {after}</source>
        <translation>nach Token {token}, {after}</translation>
    </message>
    <message>
        <source>after {after}; right: candidates left · entropy in nats</source>
        <translation>nach {after}; rechts: verbliebene Kandidaten · Entropie in nats</translation>
    </message>
    <message>
        <source>after − before.</source>
        <translation>after − before.</translation>
    </message>
    <message>
        <source>agree least</source>
        <translation>stimmen am wenigsten überein</translation>
    </message>
    <message>
        <source>agreement with the layer</source>
        <translation>Übereinstimmung mit der Schicht</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>all distances</source>
        <translation>alle Abstände</translation>
    </message>
    <message>
        <source>all heads</source>
        <translation>alle Köpfe</translation>
    </message>
    <message>
        <source>all heads, like head {heads} of layer {layer}</source>
        <translation>alle Köpfe, wie Kopf {heads} der Schicht {layer}</translation>
    </message>
    <message>
        <source>all layers</source>
        <translation>alle Schichten</translation>
    </message>
    <message>
        <source>all norms are equal</source>
        <translation>alle Normen sind gleich</translation>
    </message>
    <message>
        <source>all pairs</source>
        <translation>alle Paare</translation>
    </message>
    <message>
        <source>all pairs of a model are equally similar</source>
        <translation>alle Paare eines Modells sind sich gleich ähnlich</translation>
    </message>
    <message>
        <source>all stay within {total}</source>
        <translation>alle bleiben innerhalb von {total}</translation>
    </message>
    <message>
        <source>all together sum to no more than {p}</source>
        <translation>alle zusammen geben nicht mehr als {p}</translation>
    </message>
    <message>
        <source>all tokens</source>
        <translation>alle Tokens</translation>
    </message>
    <message>
        <source>all values are alike</source>
        <translation>alle Werte sind gleich</translation>
    </message>
    <message>
        <source>all values of this column are equal</source>
        <translation>alle Werte dieser Spalte sind gleich</translation>
    </message>
    <message>
        <source>all with all</source>
        <translation>alle mit allen</translation>
    </message>
    <message>
        <source>all words have the same number of {counted}</source>
        <translation>alle Wörter haben gleich viele {counted}</translation>
    </message>
    <message>
        <source>all would repeat a run of {n}; the best stays</source>
        <translation>alle würden eine Folge von {n} wiederholen; das beste bleibt</translation>
    </message>
    <message>
        <source>all {first} or all {second} values are equal</source>
        <translation>alle Werte von {first} oder alle von {second} sind gleich</translation>
    </message>
    <message>
        <source>all: every one of them together.</source>
        <translation>all: alle zusammen.</translation>
    </message>
    <message>
        <source>allowed length</source>
        <translation>erlaubte Länge</translation>
    </message>
    <message>
        <source>also row {other}</source>
        <translation>auch Zeile {other}</translation>
    </message>
    <message>
        <source>an encoder</source>
        <translation>ein Encoder</translation>
    </message>
    <message>
        <source>an encoder-decoder model</source>
        <translation>ein Encoder-Decoder-Modell</translation>
    </message>
    <message>
        <source>an index of other weights: it names {named}</source>
        <translation>ein Index anderer Gewichte: Er nennt {named}</translation>
    </message>
    <message>
        <source>an infinite logit; nothing changes</source>
        <translation>ein unendlicher Logit; nichts ändert sich</translation>
    </message>
    <message>
        <source>an interval is of the mean over models</source>
        <translation>ein Intervall hat das Mittel über Modelle</translation>
    </message>
    <message>
        <source>an interval needs two other models</source>
        <translation>ein Intervall braucht zwei andere Modelle</translation>
    </message>
    <message>
        <source>an old spreadsheet or document</source>
        <translation>eine alte Tabelle oder ein altes Dokument</translation>
    </message>
    <message>
        <source>and {n_more} more</source>
        <translation>und {n_more} weitere</translation>
    </message>
    <message>
        <source>and {odd} more</source>
        <translation>und {odd} weitere</translation>
    </message>
    <message>
        <source>angles of rotary positions, which the model makes itself</source>
        <translation>Winkel der Rotationspositionen, die das Modell selbst berechnet</translation>
    </message>
    <message>
        <source>as in {suspect}</source>
        <translation>wie in {suspect}</translation>
    </message>
    <message>
        <source>as it is</source>
        <translation>wie es ist</translation>
    </message>
    <message>
        <source>as it is
{own}</source>
        <translation>wie es ist
{own}</translation>
    </message>
    <message>
        <source>as listed</source>
        <translation>wie in der Liste</translation>
    </message>
    <message>
        <source>as listed: no dendrogram of {site_label}</source>
        <translation>wie in der Liste: kein Dendrogramm von {site_label}</translation>
    </message>
    <message>
        <source>as listed: {why}</source>
        <translation>wie in der Liste: {why}</translation>
    </message>
    <message>
        <source>asked for</source>
        <translation>verlangt</translation>
    </message>
    <message>
        <source>at least 1 candidate stays</source>
        <translation>mindestens 1 Kandidat bleibt</translation>
    </message>
    <message>
        <source>at least {min_keep} candidates stay</source>
        <translation>mindestens {min_keep} Kandidaten bleiben</translation>
    </message>
    <message>
        <source>at the context</source>
        <translation>am Kontext</translation>
    </message>
    <message>
        <source>at the edge: infinite</source>
        <translation>am Rand: unendlich</translation>
    </message>
    <message>
        <source>at the word</source>
        <translation>am Wort</translation>
    </message>
    <message>
        <source>at “{token}”</source>
        <translation>bei „{token}“</translation>
    </message>
    <message>
        <source>attention</source>
        <translation>Attention</translation>
    </message>
    <message>
        <source>attention adds</source>
        <translation>Attention fügt hinzu</translation>
    </message>
    <message>
        <source>attention cannot be captured: the kernel {name} does not show its mask.</source>
        <translation>Attention lässt sich nicht aufzeichnen: Der Kern {name} zeigt seine Maske nicht.</translation>
    </message>
    <message>
        <source>attention cannot be captured: {name} has no plain attention that gives its weights.</source>
        <translation>Attention lässt sich nicht aufzeichnen: {name} hat keine einfache Attention, die ihre Gewichte hergibt.</translation>
    </message>
    <message>
        <source>attention masks, which the model makes itself</source>
        <translation>Attention-Masken, die das Modell selbst berechnet</translation>
    </message>
    <message>
        <source>attention or mlp: what is given the normalised vector.</source>
        <translation>attention oder mlp: was den normalisierten Vektor bekommt.</translation>
    </message>
    <message>
        <source>attention output</source>
        <translation>Attention-Ausgabe</translation>
    </message>
    <message>
        <source>attention {layer}</source>
        <translation>Attention {layer}</translation>
    </message>
    <message>
        <source>attention · v through the output projection = attn_out</source>
        <translation>Attention · v durch die Ausgabeprojektion = attn_out</translation>
    </message>
    <message>
        <source>attention, as added</source>
        <translation>Attention, wie addiert</translation>
    </message>
    <message>
        <source>band</source>
        <translation>Band</translation>
    </message>
    <message>
        <source>base</source>
        <translation>Basis</translation>
    </message>
    <message>
        <source>base &lt; 1</source>
        <translation>Basis &lt; 1</translation>
    </message>
    <message>
        <source>before</source>
        <translation>vorher</translation>
    </message>
    <message>
        <source>before attention</source>
        <translation>vor der Attention</translation>
    </message>
    <message>
        <source>before the MLP</source>
        <translation>vor dem MLP</translation>
    </message>
    <message>
        <source>before the norm</source>
        <translation>vor der Norm</translation>
    </message>
    <message>
        <source>before: as it is; after: with all interventions; change: the second less the first.</source>
        <translation>before: wie es ist; after: mit allen Eingriffen; change: das Zweite weniger das Erste.</translation>
    </message>
    <message>
        <source>before: the model as it is; after: with all interventions.</source>
        <translation>before: das Modell, wie es ist; after: mit allen Eingriffen.</translation>
    </message>
    <message>
        <source>begins like a line of a list</source>
        <translation>beginnt wie eine Zeile einer Aufzählung</translation>
    </message>
    <message>
        <source>begins like a remark</source>
        <translation>beginnt wie eine Bemerkung</translation>
    </message>
    <message>
        <source>bends of the best {within} sum to {before}, with the next to {after} &gt; {z}</source>
        <translation>Krümmungen der besten {within} ergeben {before}, mit der nächsten {after} &gt; {z}</translation>
    </message>
    <message>
        <source>biases that are all zero</source>
        <translation>Verschiebungen, die alle null sind</translation>
    </message>
    <message>
        <source>biases that are all zero: {zero} tensors ({zero2}, …)</source>
        <translation>Verschiebungen, die alle null sind: {zero} Tensoren ({zero2}, …)</translation>
    </message>
    <message>
        <source>bit for bit</source>
        <translation>Bit für Bit</translation>
    </message>
    <message>
        <source>block-corrected {symbol}</source>
        <translation>blockkorrigiert {symbol}</translation>
    </message>
    <message>
        <source>both texts give the same difference</source>
        <translation>beide Texte ergeben denselben Unterschied</translation>
    </message>
    <message>
        <source>breakers</source>
        <translation>Trenner</translation>
    </message>
    <message>
        <source>breakers given as texts ({texts}) need a tokenizer.</source>
        <translation>als Texte gegebene Trenner ({texts}) brauchen einen Tokenizer.</translation>
    </message>
    <message>
        <source>building its model</source>
        <translation>Bauen seines Modells</translation>
    </message>
    <message>
        <source>by category</source>
        <translation>nach Kategorie</translation>
    </message>
    <message>
        <source>by log norm at the layer</source>
        <translation>nach der Log-Norm in der Schicht</translation>
    </message>
    <message>
        <source>by mean log norm</source>
        <translation>nach der mittleren Log-Norm</translation>
    </message>
    <message>
        <source>by relative depth</source>
        <translation>nach relativer Tiefe</translation>
    </message>
    <message>
        <source>by surprisal</source>
        <translation>nach der Überraschung</translation>
    </message>
    <message>
        <source>by {chooser}</source>
        <translation>durch {chooser}</translation>
    </message>
    <message>
        <source>candidate</source>
        <translation>Kandidat</translation>
    </message>
    <message>
        <source>candidates left</source>
        <translation>Kandidaten übrig</translation>
    </message>
    <message>
        <source>capture checked</source>
        <translation>Aufzeichnung geprüft</translation>
    </message>
    <message>
        <source>capture differs</source>
        <translation>Aufzeichnung weicht ab</translation>
    </message>
    <message>
        <source>capture verified</source>
        <translation>Aufzeichnung bestätigt</translation>
    </message>
    <message>
        <source>carrier and carriers name different sentences; give one of them</source>
        <translation>carrier und carriers nennen verschiedene Sätze; geben Sie nur eines davon an</translation>
    </message>
    <message>
        <source>carriers: the experiment has no words, and there are no lists</source>
        <translation>carriers: das Experiment hat keine Wörter, und es gibt keine Listen</translation>
    </message>
    <message>
        <source>category from “{cleaned}”, {said}</source>
        <translation>Kategorie aus „{cleaned}“, {said}</translation>
    </message>
    <message>
        <source>category {category} contains an empty word</source>
        <translation>die Kategorie {category} enthält ein leeres Wort</translation>
    </message>
    <message>
        <source>category, then word</source>
        <translation>Kategorie, dann Wort</translation>
    </message>
    <message>
        <source>centring {site_label}</source>
        <translation>zentriere {site_label}</translation>
    </message>
    <message>
        <source>chain {chain}</source>
        <translation>Kette {chain}</translation>
    </message>
    <message>
        <source>chain {number} has an empty name</source>
        <translation>Kette {number} hat einen leeren Namen</translation>
    </message>
    <message>
        <source>chance has not been computed</source>
        <translation>der Zufall wurde nicht berechnet</translation>
    </message>
    <message>
        <source>chance is that of the mean over carrier sentences</source>
        <translation>der Zufall ist der des Mittels über die Trägersätze</translation>
    </message>
    <message>
        <source>chance so far</source>
        <translation>Zufall bisher</translation>
    </message>
    <message>
        <source>chance was not computed</source>
        <translation>der Zufall wurde nicht berechnet</translation>
    </message>
    <message>
        <source>change of the {metrics}</source>
        <translation>Änderung: {metrics}</translation>
    </message>
    <message>
        <source>changes none of {size} logits</source>
        <translation>ändert keinen von {size} Logits</translation>
    </message>
    <message>
        <source>changes {n_changed} of {size} logits, at most {change}</source>
        <translation>ändert {n_changed} von {size} Logits, höchstens {change}</translation>
    </message>
    <message>
        <source>changes {n_changed} of {size} logits, {n_gone} to −∞</source>
        <translation>ändert {n_changed} von {size} Logits, {n_gone} auf −∞</translation>
    </message>
    <message>
        <source>chat</source>
        <translation>Chat</translation>
    </message>
    <message>
        <source>classical or nonmetric scaling.</source>
        <translation>classical oder nonmetric: klassische oder nichtmetrische Skalierung.</translation>
    </message>
    <message>
        <source>classical scaling</source>
        <translation>klassische Skalierung</translation>
    </message>
    <message>
        <source>classical: one spread of all residuals; HC3: each row its own.</source>
        <translation>classical: gleiche Streuung aller Residuen; HC3: jede Zeile ihre eigene.</translation>
    </message>
    <message>
        <source>clustering words</source>
        <translation>Wörter werden gruppiert</translation>
    </message>
    <message>
        <source>column {number} of {chosen}</source>
        <translation>Spalte {number} von {chosen}</translation>
    </message>
    <message>
        <source>columns divided by {sign_name}, named in the first line: {said}</source>
        <translation>Spalten durch {sign_name} getrennt, in der ersten Zeile benannt: {said}</translation>
    </message>
    <message>
        <source>comparing heads at {site_label}</source>
        <translation>Köpfe bei {site_label} vergleichen</translation>
    </message>
    <message>
        <source>comparing layers with layers</source>
        <translation>Schichten mit Schichten vergleichen</translation>
    </message>
    <message>
        <source>comparing models at {site_label}</source>
        <translation>vergleiche Modelle bei {site_label}</translation>
    </message>
    <message>
        <source>comparing pairs of vectors</source>
        <translation>Paare von Vektoren vergleichen</translation>
    </message>
    <message>
        <source>comparing words at {site_label}</source>
        <translation>vergleiche Wörter bei {site_label}</translation>
    </message>
    <message>
        <source>comparison of {chosen}, {params}</source>
        <translation>Vergleich von {chosen}, {params}</translation>
    </message>
    <message>
        <source>compatibility</source>
        <translation>Verträglichkeit</translation>
    </message>
    <message>
        <source>compatibility (before the softmax)</source>
        <translation>Verträglichkeit (vor dem Softmax)</translation>
    </message>
    <message>
        <source>compatibility without rotation</source>
        <translation>Verträglichkeit ohne Drehung</translation>
    </message>
    <message>
        <source>connecting to {scheduler}</source>
        <translation>verbinde mit {scheduler}</translation>
    </message>
    <message>
        <source>const, t-1 for the token before and so on, or another predictor.</source>
        <translation>const, t-1 für das Token davor und so weiter, oder ein anderer Prädiktor.</translation>
    </message>
    <message>
        <source>constant</source>
        <translation>Konstante</translation>
    </message>
    <message>
        <source>context</source>
        <translation>Kontext</translation>
    </message>
    <message>
        <source>context window</source>
        <translation>Kontextfenster</translation>
    </message>
    <message>
        <source>context: a token that is the same before every word; target: the word.</source>
        <translation>context: ein Token, das vor jedem Wort gleich ist; target: das Wort.</translation>
    </message>
    <message>
        <source>contrast</source>
        <translation>Kontrast</translation>
    </message>
    <message>
        <source>convert {name}</source>
        <translation>{name} umwandeln</translation>
    </message>
    <message>
        <source>copies read</source>
        <translation>gelesene Kopien</translation>
    </message>
    <message>
        <source>copy of row {other}</source>
        <translation>Kopie von Zeile {other}</translation>
    </message>
    <message>
        <source>correlating Q, K and V at the {position} token</source>
        <translation>Q, K und V am Token {position} korrelieren</translation>
    </message>
    <message>
        <source>correlating {subset} pairs</source>
        <translation>Paare korrelieren: {subset}</translation>
    </message>
    <message>
        <source>correlation of weights</source>
        <translation>Korrelation der Gewichte</translation>
    </message>
    <message>
        <source>cos_…: of what is added with what it is added to.</source>
        <translation>cos_…: dessen, was dazukommt, mit dem, wozu es kommt.</translation>
    </message>
    <message>
        <source>cosine</source>
        <translation>Kosinus</translation>
    </message>
    <message>
        <source>cosine similarity</source>
        <translation>Kosinus-Ähnlichkeit</translation>
    </message>
    <message>
        <source>cosine similarity, z-scored</source>
        <translation>Kosinus-Ähnlichkeit, z-standardisiert</translation>
    </message>
    <message>
        <source>cosine with the stream</source>
        <translation>Kosinus mit dem Strom</translation>
    </message>
    <message>
        <source>cosine, input</source>
        <translation>Kosinus, Eingang</translation>
    </message>
    <message>
        <source>cosine, output</source>
        <translation>Kosinus, Ausgang</translation>
    </message>
    <message>
        <source>cosine, z-scored</source>
        <translation>Kosinus, z-standardisiert</translation>
    </message>
    <message>
        <source>curve</source>
        <translation>Kurve</translation>
    </message>
    <message>
        <source>cut</source>
        <translation>Schnitt</translation>
    </message>
    <message>
        <source>d undefined: {reasons}</source>
        <translation>d undefiniert: {reasons}</translation>
    </message>
    <message>
        <source>dealing out category labels</source>
        <translation>Kategorien neu verteilen</translation>
    </message>
    <message>
        <source>debiased CKA of outputs</source>
        <translation>korrigierte CKA der Ausgaben</translation>
    </message>
    <message>
        <source>decay</source>
        <translation>Abklingen</translation>
    </message>
    <message>
        <source>dendrogram of {site_label}</source>
        <translation>Dendrogramm von {site_label}</translation>
    </message>
    <message>
        <source>density</source>
        <translation>Dichte</translation>
    </message>
    <message>
        <source>density (log scale)</source>
        <translation>Dichte (log. Skala)</translation>
    </message>
    <message>
        <source>density: of the log norms in the bin; normal: z of the log norm.</source>
        <translation>density: der Log-Normen in der Klasse; normal: z der Log-Norm.</translation>
    </message>
    <message>
        <source>design matrix</source>
        <translation>Designmatrix</translation>
    </message>
    <message>
        <source>difference {signed}</source>
        <translation>Unterschied {signed}</translation>
    </message>
    <message>
        <source>direct: Pearson's r; all, within, across: the RSA score, or its Fisher z; d: Cohen's d.</source>
        <translation>direct: Pearsons r; all, within, across: der RSA-Wert oder sein Fisher-z; d: Cohens d.</translation>
    </message>
    <message>
        <source>distance</source>
        <translation>Abstand</translation>
    </message>
    <message>
        <source>distance (tokens)</source>
        <translation>Abstand (Tokens)</translation>
    </message>
    <message>
        <source>distance, 1 − {scales}</source>
        <translation>Abstand, 1 − {scales}</translation>
    </message>
    <message>
        <source>distance, Euclidean</source>
        <translation>Abstand, euklidisch</translation>
    </message>
    <message>
        <source>dot: product; cosine.</source>
        <translation>dot: Produkt; cosine: Kosinus.</translation>
    </message>
    <message>
        <source>drawing plot {step} of {n_plots}</source>
        <translation>Diagramm {step} von {n_plots} wird gezeichnet</translation>
    </message>
    <message>
        <source>drawing {name}</source>
        <translation>{name} wird gezeichnet</translation>
    </message>
    <message>
        <source>dropping {dropped} would leave fewer than {min_keep}</source>
        <translation>{dropped} zu entfernen ließe weniger als {min_keep} übrig</translation>
    </message>
    <message>
        <source>each must be the name of a chain, or have a name and samplers, not {shown_value}</source>
        <translation>jede muss der Name einer Kette sein oder name und samplers haben, nicht {shown_value}</translation>
    </message>
    <message>
        <source>echo: how often the text was read; rate: the row.</source>
        <translation>echo: wie oft der Text gelesen wurde; rate: die Zeile.</translation>
    </message>
    <message>
        <source>echo: of another copy; rate: of seeds that end in a loop.</source>
        <translation>echo: einer weiteren Kopie; rate: der Startwerte, die in einer Schleife enden.</translation>
    </message>
    <message>
        <source>echo: of the next copy's first token.</source>
        <translation>echo: des ersten Tokens der nächsten Kopie.</translation>
    </message>
    <message>
        <source>echo: of the next copy's first token; 1 is the best.</source>
        <translation>echo: des ersten Tokens der nächsten Kopie; 1 ist der beste.</translation>
    </message>
    <message>
        <source>edge: after the chain.</source>
        <translation>edge: nach der Kette.</translation>
    </message>
    <message>
        <source>edge: after the chain; −1 in the map.</source>
        <translation>edge: nach der Kette; −1 in der Karte.</translation>
    </message>
    <message>
        <source>edge: of the text.</source>
        <translation>edge: des Textes.</translation>
    </message>
    <message>
        <source>effect</source>
        <translation>Wirkung</translation>
    </message>
    <message>
        <source>embedding</source>
        <translation>Einbettung</translation>
    </message>
    <message>
        <source>embedding or unembedding: whose rows are compared with.</source>
        <translation>embedding oder unembedding: mit wessen Zeilen verglichen wird.</translation>
    </message>
    <message>
        <source>embedding, attention or MLP of a layer, bias; or their sum.</source>
        <translation>Einbettung, Attention oder MLP einer Schicht, Bias; oder ihre Summe.</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
    <message>
        <source>empty: {reason}</source>
        <translation>leer: {reason}</translation>
    </message>
    <message>
        <source>ended its process while {doing} (code {code})</source>
        <translation>beendete seinen Prozess: {doing} (Code {code})</translation>
    </message>
    <message>
        <source>ended without a word while {doing} (code {code})</source>
        <translation>endete ohne ein Wort: {doing} (Code {code})</translation>
    </message>
    <message>
        <source>ended: {ended}</source>
        <translation>beendet: {ended}</translation>
    </message>
    <message>
        <source>entropy</source>
        <translation>Entropie</translation>
    </message>
    <message>
        <source>entropy (nats)</source>
        <translation>Entropie (Nat)</translation>
    </message>
    <message>
        <source>entropy of the model</source>
        <translation>Entropie des Modells</translation>
    </message>
    <message>
        <source>entropy with the next {running} &gt; {total}</source>
        <translation>Entropie mit dem nächsten {running} &gt; {total}</translation>
    </message>
    <message>
        <source>entropy {entropy}, KL {kl} nats</source>
        <translation>Entropie {entropy}, KL {kl} Nats</translation>
    </message>
    <message>
        <source>entropy, of its largest</source>
        <translation>Entropie, von ihrer größten</translation>
    </message>
    <message>
        <source>epsilon</source>
        <translation>Epsilon</translation>
    </message>
    <message>
        <source>epsilon as a rule</source>
        <translation>Epsilon als Regel</translation>
    </message>
    <message>
        <source>eta</source>
        <translation>Eta</translation>
    </message>
    <message>
        <source>exchanging words before and after</source>
        <translation>vertausche Wörter vorher und nachher</translation>
    </message>
    <message>
        <source>exp of the entropy of the candidates left.</source>
        <translation>exp der Entropie der übrigen Kandidaten.</translation>
    </message>
    <message>
        <source>exponent</source>
        <translation>Exponent</translation>
    </message>
    <message>
        <source>factor</source>
        <translation>Faktor</translation>
    </message>
    <message>
        <source>factors of rotary positions that are all one</source>
        <translation>Faktoren der Rotationspositionen, die alle eins sind</translation>
    </message>
    <message>
        <source>favours p ≈ {t} (chosen so far: {past})</source>
        <translation>bevorzugt p ≈ {t} (bisher gewählt: {past})</translation>
    </message>
    <message>
        <source>fetch {title}</source>
        <translation>{title} holen</translation>
    </message>
    <message>
        <source>fewer than 3 candidates, nothing bends</source>
        <translation>weniger als 3 Kandidaten, nichts krümmt sich</translation>
    </message>
    <message>
        <source>fewer than two tokens are watched</source>
        <translation>weniger als zwei Tokens werden verfolgt</translation>
    </message>
    <message>
        <source>fewer than {fewest} tokens</source>
        <translation>weniger als {fewest} Tokens</translation>
    </message>
    <message>
        <source>figures drawn</source>
        <translation>Abbildungen gezeichnet</translation>
    </message>
    <message>
        <source>filling its chat template</source>
        <translation>Ausfüllen seiner Chat-Vorlage</translation>
    </message>
    <message>
        <source>final norm and unembedding of its last stream do not give its logits</source>
        <translation>letzte Norm und Ausbettung seines letzten Stroms geben nicht seine Logits</translation>
    </message>
    <message>
        <source>flat, the best {count} stay by {tau}/{width}</source>
        <translation>flach, die besten {count} bleiben nach {tau}/{width}</translation>
    </message>
    <message>
        <source>flatter</source>
        <translation>flacher</translation>
    </message>
    <message>
        <source>frequency</source>
        <translation>Häufigkeit</translation>
    </message>
    <message>
        <source>from {start} on</source>
        <translation>ab {start}</translation>
    </message>
    <message>
        <source>gathering {model}</source>
        <translation>sammle {model}</translation>
    </message>
    <message>
        <source>general.sampling.mirostat must be 0, 1 or 2, not {version}.</source>
        <translation>general.sampling.mirostat muss 0, 1 oder 2 sein, nicht {version}.</translation>
    </message>
    <message>
        <source>general.sampling.sequence names samplers that are not known: {unknown}.</source>
        <translation>general.sampling.sequence nennt unbekannte Sampler: {unknown}.</translation>
    </message>
    <message>
        <source>given by pair</source>
        <translation>je Paar</translation>
    </message>
    <message>
        <source>given by the pair</source>
        <translation>Beitrag des Paares</translation>
    </message>
    <message>
        <source>greedy</source>
        <translation>nur das beste</translation>
    </message>
    <message>
        <source>grey: {undefined}</source>
        <translation>grau: {undefined}</translation>
    </message>
    <message>
        <source>guidance would read the second prompt at every token of the text; it is not done</source>
        <translation>Führung würde den zweiten Prompt an jedem Token des Textes lesen; das wird nicht getan</translation>
    </message>
    <message>
        <source>half a character</source>
        <translation>ein halbes Zeichen</translation>
    </message>
    <message>
        <source>half a character (U+{ord})</source>
        <translation>ein halbes Zeichen (U+{ord})</translation>
    </message>
    <message>
        <source>head</source>
        <translation>Kopf</translation>
    </message>
    <message>
        <source>head writes</source>
        <translation>Kopf schreibt</translation>
    </message>
    <message>
        <source>head {head}</source>
        <translation>Kopf {head}</translation>
    </message>
    <message>
        <source>head {head}, layer {depth}, {where}</source>
        <translation>Kopf {head}, Schicht {depth}, {where}</translation>
    </message>
    <message>
        <source>head {head}, {pair}
{label} {values}</source>
        <translation>Kopf {head}, {pair}
{label} {values}</translation>
    </message>
    <message>
        <source>head {row}
{apart} away: {given}</source>
        <translation>Kopf {row}
Abstand {apart}: {given}</translation>
    </message>
    <message>
        <source>head: a pair of tokens in the large one; heads: a cell of a small one, which begins at that pair and has what is chosen.</source>
        <translation>head: ein Paar von Tokens in der großen; heads: eine Zelle einer kleinen, die bei dem Paar beginnt und hat, was gewählt ist.</translation>
    </message>
    <message>
        <source>heads</source>
        <translation>Köpfe</translation>
    </message>
    <message>
        <source>heads for other tasks</source>
        <translation>Köpfe für andere Aufgaben</translation>
    </message>
    <message>
        <source>heads for the tokens after the next one</source>
        <translation>Köpfe für die Tokens nach dem nächsten</translation>
    </message>
    <message>
        <source>heads for the tokens after the next one: {further} tensors</source>
        <translation>Köpfe für die Tokens nach dem nächsten: {further} Tensoren</translation>
    </message>
    <message>
        <source>heads of layer {layer}</source>
        <translation>Köpfe der Schicht {layer}</translation>
    </message>
    <message>
        <source>heads, layer by layer</source>
        <translation>Köpfe, Schicht für Schicht</translation>
    </message>
    <message>
        <source>holds characters that cannot be seen</source>
        <translation>enthält unsichtbare Zeichen</translation>
    </message>
    <message>
        <source>holds half a character (U+{ord}) at {start}</source>
        <translation>enthält ein halbes Zeichen (U+{ord}) an {start}</translation>
    </message>
    <message>
        <source>holds {name}</source>
        <translation>enthält {name}</translation>
    </message>
    <message>
        <source>how this family makes weights of products is not known</source>
        <translation>wie diese Familie aus Produkten Gewichte macht, ist nicht bekannt</translation>
    </message>
    <message>
        <source>id {token_ids}</source>
        <translation>ID {token_ids}</translation>
    </message>
    <message>
        <source>in layer {layer}</source>
        <translation>in Schicht {layer}</translation>
    </message>
    <message>
        <source>in the altered model</source>
        <translation>im veränderten Modell</translation>
    </message>
    <message>
        <source>in the colour of the category</source>
        <translation>in der Farbe der Kategorie</translation>
    </message>
    <message>
        <source>in the layer</source>
        <translation>in der Schicht</translation>
    </message>
    <message>
        <source>in “{carrier}”</source>
        <translation>in „{carrier}“</translation>
    </message>
    <message>
        <source>in “{sentence}”</source>
        <translation>in „{sentence}“</translation>
    </message>
    <message>
        <source>induction, match</source>
        <translation>Induktion, Treffer</translation>
    </message>
    <message>
        <source>induction, prefix</source>
        <translation>Induktion, Präfix</translation>
    </message>
    <message>
        <source>induction, repeat</source>
        <translation>Induktion, Wiederholung</translation>
    </message>
    <message>
        <source>intervals of {title}</source>
        <translation>Intervalle von {title}</translation>
    </message>
    <message>
        <source>intervention {name}</source>
        <translation>Eingriff {name}</translation>
    </message>
    <message>
        <source>interventions and inside.interventions alter the model in two ways; give one</source>
        <translation>interventions und inside.interventions verändern das Modell auf zwei Arten; geben Sie eine an</translation>
    </message>
    <message>
        <source>is a number, unlike other words</source>
        <translation>ist eine Zahl, anders als andere Wörter</translation>
    </message>
    <message>
        <source>it adds more than an attention and an MLP</source>
        <translation>es addiert mehr als eine Attention und ein MLP</translation>
    </message>
    <message>
        <source>it cannot tell places apart: its weights are the same at all distances</source>
        <translation>es kann Plätze nicht unterscheiden: seine Gewichte sind bei allen Abständen gleich</translation>
    </message>
    <message>
        <source>it claims {count} {what}, more than {limit}</source>
        <translation>es nennt {count} {what}, mehr als {limit}</translation>
    </message>
    <message>
        <source>it clips its projections where that cannot be seen</source>
        <translation>es beschneidet seine Projektionen, wo es nicht zu sehen ist</translation>
    </message>
    <message>
        <source>it comes after the token that takes</source>
        <translation>es steht nach dem Token, das nimmt</translation>
    </message>
    <message>
        <source>it does not add an attention and an MLP to its stream</source>
        <translation>es addiert keine Attention und kein MLP zu seinem Strom</translation>
    </message>
    <message>
        <source>it does not begin with GGUF</source>
        <translation>es beginnt nicht mit GGUF</translation>
    </message>
    <message>
        <source>it does not change by as much with each token</source>
        <translation>er ändert sich nicht mit jedem Token gleich</translation>
    </message>
    <message>
        <source>it does not fall below half of its largest within {farthest} tokens</source>
        <translation>sie fällt innerhalb von {farthest} Tokens nicht unter die Hälfte ihrer größten</translation>
    </message>
    <message>
        <source>it does not name its architecture</source>
        <translation>es nennt seine Architektur nicht</translation>
    </message>
    <message>
        <source>it has more than {most_columns} columns</source>
        <translation>sie hat mehr als {most_columns} Spalten</translation>
    </message>
    <message>
        <source>it has no MLP</source>
        <translation>es hat kein MLP</translation>
    </message>
    <message>
        <source>it has no attention</source>
        <translation>es hat keine Attention</translation>
    </message>
    <message>
        <source>it has no column {lacking}</source>
        <translation>eine Spalte {lacking} fehlt</translation>
    </message>
    <message>
        <source>it has no {name}; it shares another projection or layer</source>
        <translation>es hat kein {name}; es teilt eine andere Projektion oder Schicht</translation>
    </message>
    <message>
        <source>it has not been run</source>
        <translation>sie wurde noch nicht gerechnet</translation>
    </message>
    <message>
        <source>it has several MLPs and does not merely add them</source>
        <translation>es hat mehrere MLPs und addiert sie nicht nur</translation>
    </message>
    <message>
        <source>it has {cells} cell under {header} columns</source>
        <translation>sie hat {cells} Zelle unter {header} Spalten</translation>
    </message>
    <message>
        <source>it has {cells} cells under {header} columns</source>
        <translation>sie hat {cells} Zellen unter {header} Spalten</translation>
    </message>
    <message>
        <source>it holds a member of the name {name}</source>
        <translation>es enthält ein Mitglied namens {name}</translation>
    </message>
    <message>
        <source>it holds no tensors</source>
        <translation>es enthält keine Tensoren</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>es ist leer</translation>
    </message>
    <message>
        <source>it is in big-endian byte order</source>
        <translation>es ist in Big-Endian-Bytefolge</translation>
    </message>
    <message>
        <source>it is looked up while its model is open</source>
        <translation>es wird nachgeschlagen, während sein Modell offen ist</translation>
    </message>
    <message>
        <source>it is nested too deeply</source>
        <translation>es ist zu tief verschachtelt</translation>
    </message>
    <message>
        <source>it is not JSON</source>
        <translation>es ist kein JSON</translation>
    </message>
    <message>
        <source>it is not a finite number</source>
        <translation>es ist keine endliche Zahl</translation>
    </message>
    <message>
        <source>it is not a list of samplers</source>
        <translation>das ist keine Liste von Samplern</translation>
    </message>
    <message>
        <source>it is not an ordinary file</source>
        <translation>das ist keine gewöhnliche Datei</translation>
    </message>
    <message>
        <source>it is not installed</source>
        <translation>sie ist nicht installiert</translation>
    </message>
    <message>
        <source>it is not there in both</source>
        <translation>es ist nicht in beiden da</translation>
    </message>
    <message>
        <source>it must be a list of chains, not {shown_value}</source>
        <translation>es muss eine Liste von Ketten sein, nicht {shown_value}</translation>
    </message>
    <message>
        <source>it must be a list of token ids and texts, not {shown_value}</source>
        <translation>es muss eine Liste von Token-Nummern und Texten sein, nicht {shown_value}</translation>
    </message>
    <message>
        <source>it must be the name of a chain or a list of samplers, not {shown_value}</source>
        <translation>es muss der Name einer Kette oder eine Liste von Samplern sein, nicht {shown_value}</translation>
    </message>
    <message>
        <source>it must be {needed}, not {shown_value}</source>
        <translation>es muss {needed} sein, nicht {shown_value}</translation>
    </message>
    <message>
        <source>it needs at least {drop} tokens</source>
        <translation>es braucht mindestens {drop} Tokens</translation>
    </message>
    <message>
        <source>it rotates queries and keys where that cannot be seen</source>
        <translation>es rotiert Queries und Keys, wo es nicht zu sehen ist</translation>
    </message>
    <message>
        <source>it scales what enters an unembedding with a bias</source>
        <translation>es skaliert, was in eine Ausbettung mit Verschiebung geht</translation>
    </message>
    <message>
        <source>it was undefined when it was kept</source>
        <translation>es war undefiniert, als es behalten wurde</translation>
    </message>
    <message>
        <source>it {asked}</source>
        <translation>es {asked}</translation>
    </message>
    <message>
        <source>its MLP does not end in one product with the neurons</source>
        <translation>sein MLP endet nicht in einem Produkt mit den Neuronen</translation>
    </message>
    <message>
        <source>its alignment is {alignment}</source>
        <translation>seine Ausrichtung ist {alignment}</translation>
    </message>
    <message>
        <source>its attention kernel runs more than once</source>
        <translation>sein Attention-Kern läuft mehr als einmal</translation>
    </message>
    <message>
        <source>its attention never ran</source>
        <translation>seine Attention lief nie</translation>
    </message>
    <message>
        <source>its block has more than one attention</source>
        <translation>sein Block hat mehr als eine Attention</translation>
    </message>
    <message>
        <source>its end record is wrong</source>
        <translation>sein Endeintrag ist falsch</translation>
    </message>
    <message>
        <source>its files are not what was written</source>
        <translation>ihre Dateien sind nicht mehr, was geschrieben wurde</translation>
    </message>
    <message>
        <source>its final {name} is no norm with a gain</source>
        <translation>sein letztes {name} ist keine Norm mit Verstärkung</translation>
    </message>
    <message>
        <source>its fused projection did not run</source>
        <translation>seine gemeinsame Projektion lief nicht</translation>
    </message>
    <message>
        <source>its kernel is given other shapes than heads × tokens</source>
        <translation>sein Kern bekommt andere Formen als Köpfe × Tokens</translation>
    </message>
    <message>
        <source>its latent projection does not agree with what its attention kernel is given</source>
        <translation>seine latente Projektion stimmt nicht mit dem überein, was sein Attention-Kern bekommt</translation>
    </message>
    <message>
        <source>its layer has {n_others} other heads only</source>
        <translation>ihre Schicht hat nur {n_others} andere Köpfe</translation>
    </message>
    <message>
        <source>its list of members cannot be read</source>
        <translation>seine Mitgliederliste lässt sich nicht lesen</translation>
    </message>
    <message>
        <source>its list of members is not where it should be</source>
        <translation>seine Mitgliederliste ist nicht, wo sie sein soll</translation>
    </message>
    <message>
        <source>its logits do not follow token by token from what its decoder returns</source>
        <translation>seine Logits folgen nicht Token für Token aus dem, was sein Decoder liefert</translation>
    </message>
    <message>
        <source>its mean compatibility is nowhere above 0</source>
        <translation>ihre mittlere Verträglichkeit ist nirgends über 0</translation>
    </message>
    <message>
        <source>its members do not fit into it</source>
        <translation>seine Mitglieder passen nicht hinein</translation>
    </message>
    <message>
        <source>its metadata arrays have more than {max_elements} elements</source>
        <translation>seine Metadaten-Arrays haben mehr als {max_elements} Elemente</translation>
    </message>
    <message>
        <source>its output projection alone does not give what the attention puts out</source>
        <translation>seine Ausgangsprojektion allein ergibt nicht, was die Attention ausgibt</translation>
    </message>
    <message>
        <source>its places are a bias that falls with distance (ALiBi): no pairs turn</source>
        <translation>seine Plätze sind ein Bias, der mit dem Abstand fällt (ALiBi): keine Paare drehen sich</translation>
    </message>
    <message>
        <source>its places are a rotation</source>
        <translation>seine Plätze sind eine Drehung</translation>
    </message>
    <message>
        <source>its places are vectors in the stream: no pairs turn</source>
        <translation>seine Plätze sind Vektoren im Strom: keine Paare drehen sich</translation>
    </message>
    <message>
        <source>its positions are no rotation that is known, as learned ones are not</source>
        <translation>seine Positionen sind keine bekannte Drehung, wie auch gelernte keine sind</translation>
    </message>
    <message>
        <source>its predictors are not independent of each other</source>
        <translation>seine Prädiktoren sind nicht unabhängig voneinander</translation>
    </message>
    <message>
        <source>its projections have names that are not known</source>
        <translation>seine Projektionen haben unbekannte Namen</translation>
    </message>
    <message>
        <source>its queries and keys are not turned by their places</source>
        <translation>seine Anfragen und Schlüssel werden nicht nach ihren Plätzen gedreht</translation>
    </message>
    <message>
        <source>its query projection does not agree with what its kernel is given</source>
        <translation>seine Query-Projektion stimmt nicht mit dem überein, was sein Kern bekommt</translation>
    </message>
    <message>
        <source>its scores are not the products with its unembedding, scaled or capped</source>
        <translation>seine Werte sind nicht die Produkte mit seiner Ausbettung, skaliert oder gekappt</translation>
    </message>
    <message>
        <source>its stream is not one vector per token</source>
        <translation>sein Strom ist nicht ein Vektor je Token</translation>
    </message>
    <message>
        <source>its stream is not the sum of what entered, its attention and its MLP</source>
        <translation>sein Strom ist nicht die Summe aus dem, was hineinging, seiner Attention und seinem MLP</translation>
    </message>
    <message>
        <source>its unembedding is no product with one row for each token</source>
        <translation>seine Ausbettung ist kein Produkt mit einer Zeile je Token</translation>
    </message>
    <message>
        <source>its unembedding is not given what its decoder returns</source>
        <translation>seine Ausbettung bekommt nicht, was sein Decoder liefert</translation>
    </message>
    <message>
        <source>its vector is zero</source>
        <translation>sein Vektor ist null</translation>
    </message>
    <message>
        <source>its version is {version}, not 2 or 3</source>
        <translation>seine Version ist {version}, nicht 2 oder 3</translation>
    </message>
    <message>
        <source>its weights cannot be had ({error})</source>
        <translation>seine Gewichte sind nicht zu haben ({error})</translation>
    </message>
    <message>
        <source>its weights cannot be seen</source>
        <translation>seine Gewichte sind nicht zu sehen</translation>
    </message>
    <message>
        <source>its {key} is {token}, and it has {n_tokens} tokens</source>
        <translation>sein {key} ist {token}, und es hat {n_tokens} Tokens</translation>
    </message>
    <message>
        <source>keep {file}</source>
        <translation>{file} aufheben</translation>
    </message>
    <message>
        <source>keep: or logit:, then a formula of p, l, rank, H, p_max, l_max, n and seen.</source>
        <translation>keep: oder logit:, dann eine Formel aus p, l, rank, H, p_max, l_max, n und seen.</translation>
    </message>
    <message>
        <source>keeps all {size}</source>
        <translation>behält alle {size}</translation>
    </message>
    <message>
        <source>keeps {count} of {size}</source>
        <translation>behält {count} von {size}</translation>
    </message>
    <message>
        <source>keeps {count} of {size}, p ≥ {line}</source>
        <translation>behält {count} von {size}, p ≥ {line}</translation>
    </message>
    <message>
        <source>kept layers</source>
        <translation>behaltene Schichten</translation>
    </message>
    <message>
        <source>key/value head</source>
        <translation>Key/Value-Kopf</translation>
    </message>
    <message>
        <source>key/value head {head} of query heads {low} to {high}</source>
        <translation>Key/Value-Kopf {head} der Query-Köpfe {low} bis {high}</translation>
    </message>
    <message>
        <source>largest</source>
        <translation>größte</translation>
    </message>
    <message>
        <source>largest difference {difference}</source>
        <translation>größter Unterschied {difference}</translation>
    </message>
    <message>
        <source>largest neuron</source>
        <translation>größtes Neuron</translation>
    </message>
    <message>
        <source>largest parts</source>
        <translation>größte Teile</translation>
    </message>
    <message>
        <source>last n</source>
        <translation>letzte n</translation>
    </message>
    <message>
        <source>last_n = {last_n}</source>
        <translation>last_n = {last_n}</translation>
    </message>
    <message>
        <source>last_n ≤ 0</source>
        <translation>last_n ≤ 0</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>layer (−1: embedding)</source>
        <translation>Schicht (−1: Einbettung)</translation>
    </message>
    <message>
        <source>layer by layer</source>
        <translation>Schicht für Schicht</translation>
    </message>
    <message>
        <source>layer of {other_site}</source>
        <translation>Schicht von {other_site}</translation>
    </message>
    <message>
        <source>layer of {other}</source>
        <translation>Schicht von {other}</translation>
    </message>
    <message>
        <source>layer of {own}</source>
        <translation>Schicht von {own}</translation>
    </message>
    <message>
        <source>layer of {site}</source>
        <translation>Schicht von {site}</translation>
    </message>
    <message>
        <source>layer {at_layer}, head {at_head}  {label} {values}</source>
        <translation>Schicht {at_layer}, Kopf {at_head}  {label} {values}</translation>
    </message>
    <message>
        <source>layer {at}, {head_text}
{name} = {said}</source>
        <translation>Schicht {at}, {head_text}
{name} = {said}</translation>
    </message>
    <message>
        <source>layer {at}: {reason}</source>
        <translation>Schicht {at}: {reason}</translation>
    </message>
    <message>
        <source>layer {column}
{site} – {other_site}  {here}
{site2} layer {layer} – {other_site2} layer {column2}  {there}</source>
        <translation>Schicht {column}
{site} – {other_site}  {here}
{site2} Schicht {layer} – {other_site2} Schicht {column2}  {there}</translation>
    </message>
    <message>
        <source>layer {depth}</source>
        <translation>Schicht {depth}</translation>
    </message>
    <message>
        <source>layer {depth} does not have it</source>
        <translation>Schicht {depth} hat es nicht</translation>
    </message>
    <message>
        <source>layer {layers}  {label}  within {inside}, across {between}</source>
        <translation>Schicht {layers}  {label}  innerhalb {inside}, zwischen {between}</translation>
    </message>
    <message>
        <source>layer {layers} · {words} · {measure} · {heads}</source>
        <translation>Schicht {layers} · {words} · {measure} · {heads}</translation>
    </message>
    <message>
        <source>layer {layers}, head {heads}</source>
        <translation>Schicht {layers}, Kopf {heads}</translation>
    </message>
    <message>
        <source>layer {layer}</source>
        <translation>Schicht {layer}</translation>
    </message>
    <message>
        <source>layer {layer}  median {middle}, quartiles {low} to {high}</source>
        <translation>Schicht {layer}  Median {middle}, Quartile {low} bis {high}</translation>
    </message>
    <message>
        <source>layer {layer}  {reasons}</source>
        <translation>Schicht {layer}  {reasons}</translation>
    </message>
    <message>
        <source>layer {layer} has no heads that can be told apart</source>
        <translation>Schicht {layer} hat keine Köpfe, die sich unterscheiden lassen</translation>
    </message>
    <message>
        <source>layer {layer} of 0–{layers}  {name} {values}</source>
        <translation>Schicht {layer} von 0–{layers}  {name} {values}</translation>
    </message>
    <message>
        <source>layer {layer} of {site}</source>
        <translation>Schicht {layer} von {site}</translation>
    </message>
    <message>
        <source>layer {layer} · n = {n} · {explained}</source>
        <translation>Schicht {layer} · n = {n} · {explained}</translation>
    </message>
    <message>
        <source>layer {layer} · skew {skew} · excess kurtosis {kurtosis}</source>
        <translation>Schicht {layer} · Schiefe {skew} · Exzess {kurtosis}</translation>
    </message>
    <message>
        <source>layer {layer}, head {head}</source>
        <translation>Schicht {layer}, Kopf {head}</translation>
    </message>
    <message>
        <source>layer {layer}, head {head}  {signed}</source>
        <translation>Schicht {layer}, Kopf {head}  {signed}</translation>
    </message>
    <message>
        <source>layer {layer}, head {which}</source>
        <translation>Schicht {layer}, Kopf {which}</translation>
    </message>
    <message>
        <source>layer {layer}, {said}: {share} % active, {part} share it</source>
        <translation>Schicht {layer}, {said}: {share} % aktiv, {part} teilen es sich</translation>
    </message>
    <message>
        <source>layer {layer}: {reasons}</source>
        <translation>Schicht {layer}: {reasons}</translation>
    </message>
    <message>
        <source>layer {layer}: {reason}</source>
        <translation>Schicht {layer}: {reason}</translation>
    </message>
    <message>
        <source>layer {row}  {label} {y}</source>
        <translation>Schicht {row}  {label} {y}</translation>
    </message>
    <message>
        <source>layer {row}  {name} {signed}</source>
        <translation>Schicht {row}  {name} {signed}</translation>
    </message>
    <message>
        <source>layer {row}  {values}</source>
        <translation>Schicht {row}  {values}</translation>
    </message>
    <message>
        <source>layer {row}, {sides}  {values}{unit}</source>
        <translation>Schicht {row}, {sides}  {values}{unit}</translation>
    </message>
    <message>
        <source>layer: all heads of the layer together, at that site.</source>
        <translation>layer: alle Köpfe der Schicht zusammen, an dieser Stelle.</translation>
    </message>
    <message>
        <source>layers of both</source>
        <translation>Schichten von beiden</translation>
    </message>
    <message>
        <source>layers of the context</source>
        <translation>Schichten des Kontexts</translation>
    </message>
    <message>
        <source>layers with layers</source>
        <translation>Schichten mit Schichten</translation>
    </message>
    <message>
        <source>layers {layer} and {other_layer}: {symbol} = {score}</source>
        <translation>Schichten {layer} und {other_layer}: {symbol} = {score}</translation>
    </message>
    <message>
        <source>layers: the head with its layer, or its d; heads: the RSA score of two heads.</source>
        <translation>layers: der Kopf mit seiner Schicht, oder sein d; heads: der RSA-Wert zweier Köpfe.</translation>
    </message>
    <message>
        <source>laying words out</source>
        <translation>Wörter werden angeordnet</translation>
    </message>
    <message>
        <source>left</source>
        <translation>übrig</translation>
    </message>
    <message>
        <source>length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>length of what it writes</source>
        <translation>Länge dessen, was er schreibt</translation>
    </message>
    <message>
        <source>like the head</source>
        <translation>wie der Kopf</translation>
    </message>
    <message>
        <source>line {line_num} is not CSV</source>
        <translation>Zeile {line_num} ist kein CSV</translation>
    </message>
    <message>
        <source>line {line_num}: {error}</source>
        <translation>Zeile {line_num}: {error}</translation>
    </message>
    <message>
        <source>line {line}: {reason}</source>
        <translation>Zeile {line}: {reason}</translation>
    </message>
    <message>
        <source>list {words}: {message}</source>
        <translation>Liste {words}: {message}</translation>
    </message>
    <message>
        <source>loading the libraries</source>
        <translation>Laden der Bibliotheken</translation>
    </message>
    <message>
        <source>log norm</source>
        <translation>Log-Norm</translation>
    </message>
    <message>
        <source>log norm at the layer</source>
        <translation>Log-Norm in der Schicht</translation>
    </message>
    <message>
        <source>log norm of {site}</source>
        <translation>Log-Norm ({site})</translation>
    </message>
    <message>
        <source>log norm of {site} beyond prediction</source>
        <translation>Log-Norm ({site}) über der Vorhersage</translation>
    </message>
    <message>
        <source>log norm of {site}, mean of {layers} layer</source>
        <translation>log Norm von {site}, Mittel über {layers} Schicht</translation>
    </message>
    <message>
        <source>log norm of {site}, mean of {layers} layers</source>
        <translation>Log-Norm ({site}), Mittel von {layers} Schichten</translation>
    </message>
    <message>
        <source>log norm {log_norms}</source>
        <translation>Log-Norm {log_norms}</translation>
    </message>
    <message>
        <source>log norm, all layers</source>
        <translation>Log-Norm, alle Schichten</translation>
    </message>
    <message>
        <source>logit</source>
        <translation>Logit</translation>
    </message>
    <message>
        <source>logit lens</source>
        <translation>Logit-Linse</translation>
    </message>
    <message>
        <source>logit of {of} after token {token}, {after}</source>
        <translation>Logit von {of} nach Token {token}, {after}</translation>
    </message>
    <message>
        <source>logits / {temperature}, {change}</source>
        <translation>Logits / {temperature}, {change}</translation>
    </message>
    <message>
        <source>looks like UTF-8 that was read in another encoding</source>
        <translation>sieht aus wie UTF-8, das in einer anderen Kodierung gelesen wurde</translation>
    </message>
    <message>
        <source>looks like a date that a spreadsheet has made</source>
        <translation>sieht aus wie ein Datum, das ein Tabellenprogramm gemacht hat</translation>
    </message>
    <message>
        <source>looks like a formula</source>
        <translation>sieht aus wie eine Formel</translation>
    </message>
    <message>
        <source>looks like a heading of the words below it</source>
        <translation>sieht aus wie eine Überschrift der Wörter darunter</translation>
    </message>
    <message>
        <source>looks like several words in one cell</source>
        <translation>sieht aus wie mehrere Wörter in einer Zelle</translation>
    </message>
    <message>
        <source>map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>maps</source>
        <translation>Karten</translation>
    </message>
    <message>
        <source>max − {square} d² + {cube} d³</source>
        <translation>max − {square} d² + {cube} d³</translation>
    </message>
    <message>
        <source>may stand for a missing value</source>
        <translation>steht vielleicht für einen fehlenden Wert</translation>
    </message>
    <message>
        <source>mean RSA score with the other models</source>
        <translation>mittlerer RSA-Wert mit den anderen Modellen</translation>
    </message>
    <message>
        <source>mean across</source>
        <translation>Mittel zwischen</translation>
    </message>
    <message>
        <source>mean log norm</source>
        <translation>mittlere Log-Norm</translation>
    </message>
    <message>
        <source>mean of {n_heads} head</source>
        <translation>Mittel von {n_heads} Kopf</translation>
    </message>
    <message>
        <source>mean of {n_heads} heads</source>
        <translation>Mittel von {n_heads} Köpfen</translation>
    </message>
    <message>
        <source>mean over {by_carrier} carrier sentences</source>
        <translation>Mittel über {by_carrier} Trägersätze</translation>
    </message>
    <message>
        <source>mean over {carriers} carrier sentence</source>
        <translation>Mittel über {carriers} Trägersatz</translation>
    </message>
    <message>
        <source>mean over {carriers} carrier sentences</source>
        <translation>Mittel über {carriers} Trägersätze</translation>
    </message>
    <message>
        <source>mean over {n} carrier sentences</source>
        <translation>Mittel über {n} Trägersätze</translation>
    </message>
    <message>
        <source>mean over {pairs} models</source>
        <translation>Mittel über {pairs} Modelle</translation>
    </message>
    <message>
        <source>mean over {several} carrier sentences</source>
        <translation>Mittel über {several} Trägersätze</translation>
    </message>
    <message>
        <source>mean scores with other models</source>
        <translation>mittlere Werte mit anderen Modellen</translation>
    </message>
    <message>
        <source>mean within</source>
        <translation>Mittel innerhalb</translation>
    </message>
    <message>
        <source>mean {mean}, n = {r} other words for each</source>
        <translation>Mittel {mean}, n = {r} andere Wörter für jedes</translation>
    </message>
    <message>
        <source>measuring adjustments</source>
        <translation>Anpassungen messen</translation>
    </message>
    <message>
        <source>median</source>
        <translation>Median</translation>
    </message>
    <message>
        <source>median before</source>
        <translation>Median vorher</translation>
    </message>
    <message>
        <source>median of {n} model</source>
        <translation>Median von {n} Modell</translation>
    </message>
    <message>
        <source>median of {n} models</source>
        <translation>Median von {n} Modellen</translation>
    </message>
    <message>
        <source>metadata entries</source>
        <translation>Metadateneinträge</translation>
    </message>
    <message>
        <source>min keep</source>
        <translation>mindestens</translation>
    </message>
    <message>
        <source>min({epsilon}, {scaled}) with H = {entropy}</source>
        <translation>min({epsilon}, {scaled}) mit H = {entropy}</translation>
    </message>
    <message>
        <source>min-p as a rule</source>
        <translation>Min-p als Regel</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>model alone</source>
        <translation>Modell allein</translation>
    </message>
    <message>
        <source>model before</source>
        <translation>Modell vorher</translation>
    </message>
    <message>
        <source>model for the model alone.</source>
        <translation>model für das Modell allein.</translation>
    </message>
    <message>
        <source>models with models</source>
        <translation>Modelle mit Modellen</translation>
    </message>
    <message>
        <source>models: of the model.</source>
        <translation>models: des Modells.</translation>
    </message>
    <message>
        <source>more layers to come</source>
        <translation>weitere Schichten folgen</translation>
    </message>
    <message>
        <source>more pairs to come</source>
        <translation>weitere Paare folgen</translation>
    </message>
    <message>
        <source>more than a norm stands between its last block and its unembedding</source>
        <translation>zwischen seinem letzten Block und seiner Ausbettung steht mehr als eine Norm</translation>
    </message>
    <message>
        <source>more than predicted</source>
        <translation>mehr als vorhergesagt</translation>
    </message>
    <message>
        <source>more than weights times values enters its output projection</source>
        <translation>in ihre Ausgabeprojektion geht mehr ein als Gewichte mal Values</translation>
    </message>
    <message>
        <source>most likely next</source>
        <translation>wahrscheinlichste nächste</translation>
    </message>
    <message>
        <source>multiplier</source>
        <translation>Faktor</translation>
    </message>
    <message>
        <source>multiplier = 0</source>
        <translation>Multiplikator = 0</translation>
    </message>
    <message>
        <source>n = {counts} and {counts2} pairs</source>
        <translation>n = {counts} und {counts2} Paare</translation>
    </message>
    <message>
        <source>n = {n_pairs} pair</source>
        <translation>n = {n_pairs} Paar</translation>
    </message>
    <message>
        <source>n = {n_pairs} pairs</source>
        <translation>n = {n_pairs} Paare</translation>
    </message>
    <message>
        <source>n = {n_tokens} token; right: tokens that a chain cuts</source>
        <translation>n = {n_tokens} Token; rechts: Tokens, die eine Kette entfernt</translation>
    </message>
    <message>
        <source>n = {n_tokens} tokens; right: tokens that a chain cuts</source>
        <translation>n = {n_tokens} Tokens; rechts: Tokens, die eine Kette entfernt</translation>
    </message>
    <message>
        <source>n = {n} token</source>
        <translation>n = {n} Token</translation>
    </message>
    <message>
        <source>n = {n} tokens</source>
        <translation>n = {n} Tokens</translation>
    </message>
    <message>
        <source>n = {n} tokens{left_out}</source>
        <translation>n = {n} Tokens{left_out}</translation>
    </message>
    <message>
        <source>n = {n} token{left_out}</source>
        <translation>n = {n} Token{left_out}</translation>
    </message>
    <message>
        <source>n = {words} words</source>
        <translation>n = {words} Wörter</translation>
    </message>
    <message>
        <source>near</source>
        <translation>nahe</translation>
    </message>
    <message>
        <source>near and following</source>
        <translation>nahe und folgend</translation>
    </message>
    <message>
        <source>nearest tokens</source>
        <translation>nächste Tokens</translation>
    </message>
    <message>
        <source>nearly blind where earlier values are among the predictors: a value near 2 does not say that the residuals are uncorrelated</source>
        <translation>fast blind, wo frühere Werte unter den Prädiktoren sind: Ein Wert nahe 2 sagt nicht, dass die Residuen unkorreliert sind</translation>
    </message>
    <message>
        <source>neither</source>
        <translation>keines</translation>
    </message>
    <message>
        <source>neuron {ids}  {activation}
{writing}</source>
        <translation>Neuron {ids}  {activation}
{writing}</translation>
    </message>
    <message>
        <source>never turned</source>
        <translation>nie gedreht</translation>
    </message>
    <message>
        <source>next-token scores</source>
        <translation>Werte des nächsten Tokens</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>keine Antwort</translation>
    </message>
    <message>
        <source>no category</source>
        <translation>keine Kategorie</translation>
    </message>
    <message>
        <source>no category has two words</source>
        <translation>keine Kategorie hat zwei Wörter</translation>
    </message>
    <message>
        <source>no distance: {why_no_distance}</source>
        <translation>kein Abstand: {why_no_distance}</translation>
    </message>
    <message>
        <source>no further texts were read</source>
        <translation>keine weiteren Texte wurden gelesen</translation>
    </message>
    <message>
        <source>no known way of splitting {name} agrees with what its attention kernel is given</source>
        <translation>keine bekannte Art, {name} zu teilen, stimmt mit dem überein, was sein Attention-Kern bekommt</translation>
    </message>
    <message>
        <source>no layer has been looked at yet</source>
        <translation>noch keine Schicht wurde betrachtet</translation>
    </message>
    <message>
        <source>no layer has it</source>
        <translation>keine Schicht hat es</translation>
    </message>
    <message>
        <source>no logit is below {formula}</source>
        <translation>kein Logit liegt unter {formula}</translation>
    </message>
    <message>
        <source>no message</source>
        <translation>keine Meldung</translation>
    </message>
    <message>
        <source>no neuron is active</source>
        <translation>kein Neuron ist aktiv</translation>
    </message>
    <message>
        <source>no number (NaN) for {n_undefined} of {received}; nothing changes</source>
        <translation>keine Zahl (NaN) für {n_undefined} von {received}; nichts ändert sich</translation>
    </message>
    <message>
        <source>no number was drawn</source>
        <translation>es wurde keine Zahl gezogen</translation>
    </message>
    <message>
        <source>no number was drawn for this token</source>
        <translation>für dieses Token wurde keine Zahl gezogen</translation>
    </message>
    <message>
        <source>no other model read the words ({reasons})</source>
        <translation>kein anderes Modell hat die Wörter gelesen ({reasons})</translation>
    </message>
    <message>
        <source>no probability divides what is kept from what is cut</source>
        <translation>keine Wahrscheinlichkeit trennt, was bleibt, von dem, was wegfällt</translation>
    </message>
    <message>
        <source>no random sequences were asked for</source>
        <translation>es wurden keine zufälligen Folgen verlangt</translation>
    </message>
    <message>
        <source>no random tokens were read</source>
        <translation>keine zufälligen Tokens wurden gelesen</translation>
    </message>
    <message>
        <source>no repeated random tokens were read</source>
        <translation>es wurden keine wiederholten Zufalls-Tokens gelesen</translation>
    </message>
    <message>
        <source>no resample of the words gives a score</source>
        <translation>keine Ziehung der Wörter gibt einen Wert</translation>
    </message>
    <message>
        <source>no second prompt</source>
        <translation>kein zweiter Prompt</translation>
    </message>
    <message>
        <source>no sum of words is asked for</source>
        <translation>nach keiner Summe von Wörtern ist gefragt</translation>
    </message>
    <message>
        <source>no surprise above μ = {mu} bits</source>
        <translation>keine Überraschung über μ = {mu} Bit</translation>
    </message>
    <message>
        <source>no test is made of direct correlations</source>
        <translation>direkte Korrelationen werden nicht getestet</translation>
    </message>
    <message>
        <source>no token</source>
        <translation>kein Token</translation>
    </message>
    <message>
        <source>no token is followed</source>
        <translation>kein Token wird verfolgt</translation>
    </message>
    <message>
        <source>no token is left</source>
        <translation>kein Token ist übrig</translation>
    </message>
    <message>
        <source>no token is watched</source>
        <translation>kein Token wird verfolgt</translation>
    </message>
    <message>
        <source>no token of the text has an earlier copy</source>
        <translation>kein Token des Textes hat eine frühere Kopie</translation>
    </message>
    <message>
        <source>no tokens are left</source>
        <translation>keine Tokens sind übrig</translation>
    </message>
    <message>
        <source>no {kind}: {why}</source>
        <translation>kein {kind}: {why}</translation>
    </message>
    <message>
        <source>node {number}</source>
        <translation>Knoten {number}</translation>
    </message>
    <message>
        <source>noise ceiling</source>
        <translation>Rauschgrenze</translation>
    </message>
    <message>
        <source>non-metric scaling</source>
        <translation>nichtmetrische Skalierung</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>none below; the least has {least} ≥ {formula}</source>
        <translation>keines darunter; das kleinste hat {least} ≥ {formula}</translation>
    </message>
    <message>
        <source>none has begun</source>
        <translation>keines hat begonnen</translation>
    </message>
    <message>
        <source>none of the last {window} is a candidate</source>
        <translation>keines der letzten {window} ist ein Kandidat</translation>
    </message>
    <message>
        <source>none of the sites that are compared has heads</source>
        <translation>keine der verglichenen Stellen hat Köpfe</translation>
    </message>
    <message>
        <source>none would repeat a run of {n}</source>
        <translation>keines würde eine Folge von {n} wiederholen</translation>
    </message>
    <message>
        <source>norm {norm}, log {log_norm}</source>
        <translation>Norm {norm}, log {log_norm}</translation>
    </message>
    <message>
        <source>normal score</source>
        <translation>Normalwert</translation>
    </message>
    <message>
        <source>normal: the normal score.</source>
        <translation>normal: der Normalwert.</translation>
    </message>
    <message>
        <source>not compared: {reason}</source>
        <translation>nicht verglichen: {reason}</translation>
    </message>
    <message>
        <source>not computed when this session was saved; press Capture to compute it</source>
        <translation>nicht berechnet, als diese Sitzung gespeichert wurde; zum Berechnen „Aufzeichnen“ drücken</translation>
    </message>
    <message>
        <source>not computed yet</source>
        <translation>noch nicht berechnet</translation>
    </message>
    <message>
        <source>not drawn, {probability}</source>
        <translation>nicht gezogen, {probability}</translation>
    </message>
    <message>
        <source>not reached, {chooser} has chosen</source>
        <translation>nicht erreicht, {chooser} hat gewählt</translation>
    </message>
    <message>
        <source>not read yet</source>
        <translation>noch nicht gelesen</translation>
    </message>
    <message>
        <source>not tested</source>
        <translation>nicht getestet</translation>
    </message>
    <message>
        <source>not there yet</source>
        <translation>noch nicht da</translation>
    </message>
    <message>
        <source>nothing dropped</source>
        <translation>nichts entfernt</translation>
    </message>
    <message>
        <source>nothing is altered yet</source>
        <translation>noch ist nichts verändert</translation>
    </message>
    <message>
        <source>nothing normalises what it reads</source>
        <translation>nichts normalisiert, was es liest</translation>
    </message>
    <message>
        <source>nothing stands before the first token</source>
        <translation>vor dem ersten Token steht nichts</translation>
    </message>
    <message>
        <source>nothing stands before the first token to predict it</source>
        <translation>vor dem ersten Token steht nichts, was es vorhersagt</translation>
    </message>
    <message>
        <source>nothing to draw</source>
        <translation>nichts zu ziehen</translation>
    </message>
    <message>
        <source>number of characters</source>
        <translation>Zahl der Zeichen</translation>
    </message>
    <message>
        <source>number of heads</source>
        <translation>Anzahl der Köpfe</translation>
    </message>
    <message>
        <source>number of metrics</source>
        <translation>Zahl der Maße</translation>
    </message>
    <message>
        <source>number of tokens</source>
        <translation>Zahl der Token</translation>
    </message>
    <message>
        <source>n·R² of the residuals on the design and as many of their own lags as it has.</source>
        <translation>n·R² der Residuen auf das Design und so viele ihrer eigenen Vorgänger, wie es hat.</translation>
    </message>
    <message>
        <source>observed at t, and what predicts it</source>
        <translation>bei t beobachtet, und was es vorhersagt</translation>
    </message>
    <message>
        <source>observed by predicted</source>
        <translation>beobachtet gegen vorhergesagt</translation>
    </message>
    <message>
        <source>observed log norm</source>
        <translation>beobachtete Log-Norm</translation>
    </message>
    <message>
        <source>observed {observed}, predicted {predicted}</source>
        <translation>beobachtet {observed}, vorhergesagt {predicted}</translation>
    </message>
    <message>
        <source>of batch {n_done}/{n_batches}</source>
        <translation>von Stapel {n_done}/{n_batches}</translation>
    </message>
    <message>
        <source>of {low} to {high}</source>
        <translation>von {low} bis {high}</translation>
    </message>
    <message>
        <source>off (T = 1)</source>
        <translation>aus (T = 1)</translation>
    </message>
    <message>
        <source>off (a = {a})</source>
        <translation>aus (a = {a})</translation>
    </message>
    <message>
        <source>off (empty)</source>
        <translation>aus (leer)</translation>
    </message>
    <message>
        <source>off (epsilon = 0)</source>
        <translation>aus (epsilon = 0)</translation>
    </message>
    <message>
        <source>off (factor = {factor})</source>
        <translation>aus (Faktor = {factor})</translation>
    </message>
    <message>
        <source>off (h = 0)</source>
        <translation>aus (h = 0)</translation>
    </message>
    <message>
        <source>off (k = {k})</source>
        <translation>aus (k = {k})</translation>
    </message>
    <message>
        <source>off (n = {n})</source>
        <translation>aus (n = {n})</translation>
    </message>
    <message>
        <source>off (p = {p})</source>
        <translation>aus (p = {p})</translation>
    </message>
    <message>
        <source>off (tau = {tau})</source>
        <translation>aus (tau = {tau})</translation>
    </message>
    <message>
        <source>off (z = {z})</source>
        <translation>aus (z = {z})</translation>
    </message>
    <message>
        <source>off ({off})</source>
        <translation>aus ({off})</translation>
    </message>
    <message>
        <source>off ({why})</source>
        <translation>aus ({why})</translation>
    </message>
    <message>
        <source>off ({x})</source>
        <translation>aus ({x})</translation>
    </message>
    <message>
        <source>one candidate, nothing to change</source>
        <translation>ein Kandidat, nichts zu ändern</translation>
    </message>
    <message>
        <source>one candidate, nothing to cut</source>
        <translation>ein Kandidat, nichts zu schneiden</translation>
    </message>
    <message>
        <source>one carrier sentence</source>
        <translation>ein Trägersatz</translation>
    </message>
    <message>
        <source>one distance</source>
        <translation>ein Abstand</translation>
    </message>
    <message>
        <source>one model</source>
        <translation>ein Modell</translation>
    </message>
    <message>
        <source>one of the heads stands there twice</source>
        <translation>einer der Köpfe steht zweimal da</translation>
    </message>
    <message>
        <source>one of the two columns is empty</source>
        <translation>eine der beiden Spalten ist leer</translation>
    </message>
    <message>
        <source>one of the {name} stands there twice</source>
        <translation>in {name} steht etwas zweimal</translation>
    </message>
    <message>
        <source>one other model</source>
        <translation>ein anderes Modell</translation>
    </message>
    <message>
        <source>one word a line</source>
        <translation>ein Wort je Zeile</translation>
    </message>
    <message>
        <source>only 1 relabelling differs</source>
        <translation>nur 1 Vertauschung weicht ab</translation>
    </message>
    <message>
        <source>only p &lt; .05</source>
        <translation>nur p &lt; .05</translation>
    </message>
    <message>
        <source>only {limit} token since a breaker, {allowed_length} are allowed</source>
        <translation>nur {limit} Token seit einem Trenner, {allowed_length} sind erlaubt</translation>
    </message>
    <message>
        <source>only {limit} tokens since a breaker, {allowed_length} are allowed</source>
        <translation>nur {limit} Tokens seit einem Trenner, {allowed_length} sind erlaubt</translation>
    </message>
    <message>
        <source>only {n} relabellings differ</source>
        <translation>nur {n} Vertauschungen weichen ab</translation>
    </message>
    <message>
        <source>only {site} has {name}, not {site2}</source>
        <translation>nur {site} hat {name}, nicht {site2}</translation>
    </message>
    <message>
        <source>other heads</source>
        <translation>andere Köpfe</translation>
    </message>
    <message>
        <source>other weights in the folder: {others}</source>
        <translation>andere Gewichte im Ordner: {others}</translation>
    </message>
    <message>
        <source>out</source>
        <translation>entfernt</translation>
    </message>
    <message>
        <source>out: {gone}</source>
        <translation>entfernt: {gone}</translation>
    </message>
    <message>
        <source>output (CKA)</source>
        <translation>Ausgabe (CKA)</translation>
    </message>
    <message>
        <source>over depth</source>
        <translation>über die Tiefe</translation>
    </message>
    <message>
        <source>p (√ scale)</source>
        <translation>p (√-Skala)</translation>
    </message>
    <message>
        <source>p = {probability}, model {raw_probability} (rank {raw_rank}), {taken}</source>
        <translation>p = {probability}, Modell {raw_probability} (Rang {raw_rank}), {taken}</translation>
    </message>
    <message>
        <source>p adjusted over the layers of all curves of this table. No p is below 1/(relabellings + 1), so that one layer alone cannot make it small.</source>
        <translation>p, berichtigt über die Schichten aller Kurven dieser Tabelle. Kein p ist unter 1/(Umordnungen + 1), so dass eine Schicht allein es nicht klein machen kann.</translation>
    </message>
    <message>
        <source>p adjusted over the layers of one curve (Benjamini and Hochberg 1995).</source>
        <translation>p, berichtigt über die Schichten einer Kurve (Benjamini und Hochberg 1995).</translation>
    </message>
    <message>
        <source>p from {n_permutations} relabellings</source>
        <translation>p aus {n_permutations} Umbenennungen</translation>
    </message>
    <message>
        <source>p of another</source>
        <translation>p einer weiteren</translation>
    </message>
    <message>
        <source>padded row</source>
        <translation>aufgefüllte Zeile</translation>
    </message>
    <message>
        <source>pair {row}, {turn}
{apart} away: {given}</source>
        <translation>Paar {row}, {turn}
Abstand {apart}: {given}</translation>
    </message>
    <message>
        <source>pair {row}, {turn}
{apart} away: {now} {within}</source>
        <translation>Paar {row}, {turn}
Abstand {apart}: {now} {within}</translation>
    </message>
    <message>
        <source>pairs</source>
        <translation>Paare</translation>
    </message>
    <message>
        <source>pairs of words</source>
        <translation>Wortpaare</translation>
    </message>
    <message>
        <source>pairs of words at {site_label}</source>
        <translation>Wortpaare bei {site_label}</translation>
    </message>
    <message>
        <source>partial r</source>
        <translation>partielles r</translation>
    </message>
    <message>
        <source>parts for images or sound, which text does not pass through</source>
        <translation>Teile für Bilder oder Ton, durch die Text nicht geht</translation>
    </message>
    <message>
        <source>pip fetched no wheel of {package}.</source>
        <translation>pip holte kein Wheel von {package}.</translation>
    </message>
    <message>
        <source>position</source>
        <translation>Position</translation>
    </message>
    <message>
        <source>predicted log norm</source>
        <translation>vorhergesagte Log-Norm</translation>
    </message>
    <message>
        <source>presence</source>
        <translation>Vorkommen</translation>
    </message>
    <message>
        <source>press Read the text to see which chains would have cut it</source>
        <translation>„Text lesen“ zeigt, welche Ketten ihn beschnitten hätten</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>Wahrscheinlichkeit</translation>
    </message>
    <message>
        <source>probability (grey: {x})</source>
        <translation>Wahrscheinlichkeit (grau: {x})</translation>
    </message>
    <message>
        <source>probability = 0</source>
        <translation>Wahrscheinlichkeit = 0</translation>
    </message>
    <message>
        <source>probability after the chain</source>
        <translation>Wahrscheinlichkeit nach der Kette</translation>
    </message>
    <message>
        <source>probability; rank at the right</source>
        <translation>Wahrscheinlichkeit; Rang rechts</translation>
    </message>
    <message>
        <source>process {other}</source>
        <translation>Prozess {other}</translation>
    </message>
    <message>
        <source>product, input</source>
        <translation>Produkt, Eingang</translation>
    </message>
    <message>
        <source>product, output</source>
        <translation>Produkt, Ausgang</translation>
    </message>
    <message>
        <source>prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>prompt {number} of {places}</source>
        <translation>Prompt {number} von {places}</translation>
    </message>
    <message>
        <source>prompt {number} of {prompts}</source>
        <translation>Prompt {number} von {prompts}</translation>
    </message>
    <message>
        <source>q &lt; .05</source>
        <translation>q &lt; .05</translation>
    </message>
    <message>
        <source>q of the change &lt; .05</source>
        <translation>q der Änderung &lt; .05</translation>
    </message>
    <message>
        <source>q ≥ .05 or not tested</source>
        <translation>q ≥ .05 oder nicht getestet</translation>
    </message>
    <message>
        <source>q·k before the softmax, every query with every key of the text as if so far apart.</source>
        <translation>q·k vor dem Softmax, jede Anfrage mit jedem Schlüssel des Textes, als lägen sie so weit auseinander.</translation>
    </message>
    <message>
        <source>r: a correlation; tau_a, rho_a: Kendall's τ_a, ρ_a.</source>
        <translation>r: eine Korrelation; tau_a, rho_a: Kendalls τ_a, ρ_a.</translation>
    </message>
    <message>
        <source>random</source>
        <translation>Zufall</translation>
    </message>
    <message>
        <source>random heads</source>
        <translation>zufällige Köpfe</translation>
    </message>
    <message>
        <source>random heads for {name}</source>
        <translation>zufällige Köpfe zu {name}</translation>
    </message>
    <message>
        <source>random number u</source>
        <translation>Zufallszahl u</translation>
    </message>
    <message>
        <source>range</source>
        <translation>Spanne</translation>
    </message>
    <message>
        <source>range is 0, T = {temperature}</source>
        <translation>Spanne ist 0, T = {temperature}</translation>
    </message>
    <message>
        <source>rank</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>rank for the model</source>
        <translation>Rang für das Modell</translation>
    </message>
    <message>
        <source>rank {n}</source>
        <translation>Rang {n}</translation>
    </message>
    <message>
        <source>rank {rank}</source>
        <translation>Rang {rank}</translation>
    </message>
    <message>
        <source>rank {rank}, p = {probability}</source>
        <translation>Rang {rank}, p = {probability}</translation>
    </message>
    <message>
        <source>rank {rank}, {probability}</source>
        <translation>Rang {rank}, {probability}</translation>
    </message>
    <message>
        <source>rank {shown}  {change}</source>
        <translation>Rang {shown}  {change}</translation>
    </message>
    <message>
        <source>rank, 1 is the likeliest</source>
        <translation>Rang, 1 ist der wahrscheinlichste</translation>
    </message>
    <message>
        <source>rate: of Wilson's 95 % interval.</source>
        <translation>rate: des 95-%-Intervalls nach Wilson.</translation>
    </message>
    <message>
        <source>raw</source>
        <translation>roh</translation>
    </message>
    <message>
        <source>raw before the first sampler, then after each.</source>
        <translation>raw vor dem ersten Sampler, dann nach jedem.</translation>
    </message>
    <message>
        <source>reach (tokens)</source>
        <translation>Reichweite (Tokens)</translation>
    </message>
    <message>
        <source>reach of heads</source>
        <translation>Reichweite der Köpfe</translation>
    </message>
    <message>
        <source>reading its files</source>
        <translation>Lesen seiner Dateien</translation>
    </message>
    <message>
        <source>reading its tokenizer</source>
        <translation>Lesen seines Tokenizers</translation>
    </message>
    <message>
        <source>reading order</source>
        <translation>Lesereihenfolge</translation>
    </message>
    <message>
        <source>reading scores of models</source>
        <translation>lese Werte von Modellen</translation>
    </message>
    <message>
        <source>reading texts with its tokenizer</source>
        <translation>Lesen von Texten mit seinem Tokenizer</translation>
    </message>
    <message>
        <source>reading {model}</source>
        <translation>lese {model}</translation>
    </message>
    <message>
        <source>reading {text}</source>
        <translation>Lesen von {text}</translation>
    </message>
    <message>
        <source>received</source>
        <translation>bekommen</translation>
    </message>
    <message>
        <source>reference</source>
        <translation>Bezug</translation>
    </message>
    <message>
        <source>regression in layer {layer}</source>
        <translation>Regression in Schicht {layer}</translation>
    </message>
    <message>
        <source>relabelling words</source>
        <translation>Wörter vertauschen</translation>
    </message>
    <message>
        <source>relabellings differ</source>
        <translation>Vertauschungen weichen ab</translation>
    </message>
    <message>
        <source>relative depth</source>
        <translation>relative Tiefe</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>entfernt</translation>
    </message>
    <message>
        <source>removed by the chain</source>
        <translation>von der Kette entfernt</translation>
    </message>
    <message>
        <source>repeat</source>
        <translation>Wiederholung</translation>
    </message>
    <message>
        <source>repeat 1, frequency 0, presence 0</source>
        <translation>repeat 1, frequency 0, presence 0</translation>
    </message>
    <message>
        <source>repeat {index} of {repeats}</source>
        <translation>Wiederholung {index} von {repeats}</translation>
    </message>
    <message>
        <source>resampling words</source>
        <translation>Wörter neu ziehen</translation>
    </message>
    <message>
        <source>resid_in + attn_added + mlp_added = resid_out</source>
        <translation>resid_in + attn_added + mlp_added = resid_out</translation>
    </message>
    <message>
        <source>residual</source>
        <translation>Residuum</translation>
    </message>
    <message>
        <source>residual histogram</source>
        <translation>Histogramm der Residuen</translation>
    </message>
    <message>
        <source>residual stream</source>
        <translation>Residualstrom</translation>
    </message>
    <message>
        <source>residuals by predicted</source>
        <translation>Residuen gegen vorhergesagt</translation>
    </message>
    <message>
        <source>residuals in order</source>
        <translation>Residuen der Reihe nach</translation>
    </message>
    <message>
        <source>rule</source>
        <translation>Regel</translation>
    </message>
    <message>
        <source>run, for {why}</source>
        <translation>wird gerechnet, denn {why}</translation>
    </message>
    <message>
        <source>same category</source>
        <translation>dieselbe Kategorie</translation>
    </message>
    <message>
        <source>same relative depth</source>
        <translation>gleiche relative Tiefe</translation>
    </message>
    <message>
        <source>sampling.chains: chain {number}</source>
        <translation>sampling.chains: Kette {number}</translation>
    </message>
    <message>
        <source>scale</source>
        <translation>Faktor γ</translation>
    </message>
    <message>
        <source>scale = 1</source>
        <translation>scale = 1</translation>
    </message>
    <message>
        <source>see rsa/models.csv of the sweep</source>
        <translation>siehe rsa/models.csv der Reihe</translation>
    </message>
    <message>
        <source>see the cell's rsa/laminar.csv</source>
        <translation>siehe rsa/laminar.csv der Zelle</translation>
    </message>
    <message>
        <source>seed {control_seed}: {name}</source>
        <translation>Startwert {control_seed}: {name}</translation>
    </message>
    <message>
        <source>seed {controls}</source>
        <translation>Startwert {controls}</translation>
    </message>
    <message>
        <source>seeds that end in a loop (%, Wilson 95 % interval)</source>
        <translation>Startwerte, die in einer Schleife enden (%, 95-%-Intervall nach Wilson)</translation>
    </message>
    <message>
        <source>separability (Cohen's d)</source>
        <translation>Trennbarkeit (Cohens d)</translation>
    </message>
    <message>
        <source>separating categories</source>
        <translation>Kategorien trennen</translation>
    </message>
    <message>
        <source>series {index}</source>
        <translation>series {index}</translation>
    </message>
    <message>
        <source>share brought back</source>
        <translation>zurückgebrachter Anteil</translation>
    </message>
    <message>
        <source>sharing (neurons)</source>
        <translation>beteiligt (Neuronen)</translation>
    </message>
    <message>
        <source>sharper</source>
        <translation>schärfer</translation>
    </message>
    <message>
        <source>site pairs</source>
        <translation>Stellenpaare</translation>
    </message>
    <message>
        <source>skew</source>
        <translation>Schiefe</translation>
    </message>
    <message>
        <source>slope (a token)</source>
        <translation>Steigung (je Token)</translation>
    </message>
    <message>
        <source>split by a tokenizer</source>
        <translation>von einem Tokenizer zerlegt</translation>
    </message>
    <message>
        <source>stage: numbers of a sampler; bar: a token before and after it; branch: the same for what XTC may do; draw: a candidate's stretch of the random numbers.</source>
        <translation>stage: Zahlen eines Samplers; bar: ein Token davor und danach; branch: dasselbe für das, was XTC tun kann; draw: die Strecke der Zufallszahlen eines Kandidaten.</translation>
    </message>
    <message>
        <source>stands in single quotation marks</source>
        <translation>steht in einfachen Anführungszeichen</translation>
    </message>
    <message>
        <source>starting a process</source>
        <translation>starte einen Prozess</translation>
    </message>
    <message>
        <source>starting {n} processes</source>
        <translation>starte {n} Prozesse</translation>
    </message>
    <message>
        <source>steer needs along: the text of a token, or two texts; others none</source>
        <translation>steer braucht along: den Text eines Tokens oder zwei Texte; andere keinen</translation>
    </message>
    <message>
        <source>stop token</source>
        <translation>Stopptoken</translation>
    </message>
    <message>
        <source>stream</source>
        <translation>Strom</translation>
    </message>
    <message>
        <source>stress {stress}</source>
        <translation>Stress {stress}</translation>
    </message>
    <message>
        <source>sum</source>
        <translation>Summe</translation>
    </message>
    <message>
        <source>sum of words</source>
        <translation>Summe von Wörtern</translation>
    </message>
    <message>
        <source>sum so far</source>
        <translation>Summe bis dahin</translation>
    </message>
    <message>
        <source>sum so far: of all parts up to the layer.</source>
        <translation>sum so far: aller Teile bis zur Schicht.</translation>
    </message>
    <message>
        <source>surprisal</source>
        <translation>Überraschung</translation>
    </message>
    <message>
        <source>surprisal (nats)</source>
        <translation>Überraschung (Nat)</translation>
    </message>
    <message>
        <source>surprisal {surprisal}</source>
        <translation>Überraschung {surprisal}</translation>
    </message>
    <message>
        <source>surprise {surprise} &gt; μ = {mu} bits</source>
        <translation>Überraschung {surprise} &gt; μ = {mu} Bit</translation>
    </message>
    <message>
        <source>switched off</source>
        <translation>ausgeschaltet</translation>
    </message>
    <message>
        <source>t is what is predicted, t−1 the token before.</source>
        <translation>t ist, was vorhergesagt wird, t−1 das Token davor.</translation>
    </message>
    <message>
        <source>taken</source>
        <translation>genommen</translation>
    </message>
    <message>
        <source>taken by hand</source>
        <translation>von Hand genommen</translation>
    </message>
    <message>
        <source>taken from</source>
        <translation>genommen von</translation>
    </message>
    <message>
        <source>target</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>target = {target}, only draws</source>
        <translation>Ziel = {target}, zieht nur</translation>
    </message>
    <message>
        <source>tau</source>
        <translation>Tau</translation>
    </message>
    <message>
        <source>temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>text to steer along</source>
        <translation>Der Text, an dem gelenkt wird,</translation>
    </message>
    <message>
        <source>texts</source>
        <translation>Texte</translation>
    </message>
    <message>
        <source>the best alone only to {before}</source>
        <translation>das beste allein nur {before}</translation>
    </message>
    <message>
        <source>the best has {total} ≥ {p}</source>
        <translation>das beste hat {total} ≥ {p}</translation>
    </message>
    <message>
        <source>the best {count} only to {before}</source>
        <translation>die besten {count} nur {before}</translation>
    </message>
    <message>
        <source>the best {count} sum to {total} ≥ {p}</source>
        <translation>die besten {count} geben {total} ≥ {p}</translation>
    </message>
    <message>
        <source>the best {k} of {size}; the next had {beaten}</source>
        <translation>die besten {k} von {size}; das nächste hatte {beaten}</translation>
    </message>
    <message>
        <source>the carrier sentence</source>
        <translation>der Trägersatz</translation>
    </message>
    <message>
        <source>the carrier sentence must contain {{word}} exactly once</source>
        <translation>der Trägersatz muss {{word}} genau einmal enthalten</translation>
    </message>
    <message>
        <source>the carrier {carrier} appears twice</source>
        <translation>der Trägersatz {carrier} kommt zweimal vor</translation>
    </message>
    <message>
        <source>the category {category}</source>
        <translation>die Kategorie {category}</translation>
    </message>
    <message>
        <source>the chain</source>
        <translation>die Kette</translation>
    </message>
    <message>
        <source>the chains</source>
        <translation>die Ketten</translation>
    </message>
    <message>
        <source>the checksum of {name} is wrong</source>
        <translation>die Prüfsumme von {name} ist falsch</translation>
    </message>
    <message>
        <source>the column's vocabulary has no such token</source>
        <translation>das Vokabular der Spalte hat kein solches Token</translation>
    </message>
    <message>
        <source>the configuration's word that embedding and unembedding are one: the files hold two that differ, and both are used</source>
        <translation>dass Ein- und Ausbettung laut Konfiguration eins sind: Die Dateien enthalten zwei verschiedene, und beide werden benutzt</translation>
    </message>
    <message>
        <source>the device {n}</source>
        <translation>das Gerät {n}</translation>
    </message>
    <message>
        <source>the embedding of {after}</source>
        <translation>die Einbettung von {after}</translation>
    </message>
    <message>
        <source>the ending does not repeat anything</source>
        <translation>das Ende wiederholt nichts</translation>
    </message>
    <message>
        <source>the formula is missing</source>
        <translation>die Formel fehlt</translation>
    </message>
    <message>
        <source>the formula is nested too deeply</source>
        <translation>die Formel ist zu tief verschachtelt</translation>
    </message>
    <message>
        <source>the further text {number}</source>
        <translation>der weitere Text {number}</translation>
    </message>
    <message>
        <source>the further text {number} is empty</source>
        <translation>der weitere Text {number} ist leer</translation>
    </message>
    <message>
        <source>the heads of this layer cannot be told apart</source>
        <translation>die Köpfe dieser Schicht lassen sich nicht trennen</translation>
    </message>
    <message>
        <source>the key of metadata entry {index}</source>
        <translation>der Schlüssel des Metadateneintrags {index}</translation>
    </message>
    <message>
        <source>the layer has no such head</source>
        <translation>die Schicht hat keinen solchen Kopf</translation>
    </message>
    <message>
        <source>the length of {what}</source>
        <translation>die Länge von {what}</translation>
    </message>
    <message>
        <source>the list of {count} {what}</source>
        <translation>die Liste von {count} {what}</translation>
    </message>
    <message>
        <source>the list {name}</source>
        <translation>die Liste {name}</translation>
    </message>
    <message>
        <source>the magic number</source>
        <translation>die magische Zahl</translation>
    </message>
    <message>
        <source>the metadata key {key} appears twice</source>
        <translation>der Metadatenschlüssel {key} kommt zweimal vor</translation>
    </message>
    <message>
        <source>the model {model}</source>
        <translation>das Modell {model}</translation>
    </message>
    <message>
        <source>the model {source}</source>
        <translation>das Modell {source}</translation>
    </message>
    <message>
        <source>the name of tensor {index}</source>
        <translation>der Name von Tensor {index}</translation>
    </message>
    <message>
        <source>the name {named} that the configuration gives its architecture: by its model type it is a {name}</source>
        <translation>der Name {named}, den die Konfiguration ihrer Architektur gibt: nach ihrem Modelltyp ist sie {name}</translation>
    </message>
    <message>
        <source>the nodes</source>
        <translation>die Knoten</translation>
    </message>
    <message>
        <source>the number of metadata entries</source>
        <translation>die Zahl der Metadateneinträge</translation>
    </message>
    <message>
        <source>the number of tensors</source>
        <translation>die Zahl der Tensoren</translation>
    </message>
    <message>
        <source>the offset of {name}</source>
        <translation>die Lage von {name}</translation>
    </message>
    <message>
        <source>the other predictors determine this one</source>
        <translation>die anderen Prädiktoren legen diesen fest</translation>
    </message>
    <message>
        <source>the other predictors explain the similarities entirely</source>
        <translation>die anderen Prädiktoren erklären die Ähnlichkeiten vollständig</translation>
    </message>
    <message>
        <source>the output of one block is not the input of the next</source>
        <translation>die Ausgabe eines Blocks ist nicht die Eingabe des nächsten</translation>
    </message>
    <message>
        <source>the pairs are all equally similar at {site_label}</source>
        <translation>alle Paare sind bei {site_label} gleich ähnlich</translation>
    </message>
    <message>
        <source>the pairs are all equally similar at {site}</source>
        <translation>die Paare sind sich bei {site} alle gleich ähnlich</translation>
    </message>
    <message>
        <source>the prompt</source>
        <translation>der Prompt</translation>
    </message>
    <message>
        <source>the prompt's tokens were typed, not chosen</source>
        <translation>die Tokens des Prompts wurden eingegeben, nicht gewählt</translation>
    </message>
    <message>
        <source>the rank of {name}</source>
        <translation>der Rang von {name}</translation>
    </message>
    <message>
        <source>the regression has no row of this token</source>
        <translation>die Regression hat keine Zeile dieses Tokens</translation>
    </message>
    <message>
        <source>the regression has no such term</source>
        <translation>die Regression hat keinen solchen Term</translation>
    </message>
    <message>
        <source>the same layer</source>
        <translation>dieselbe Schicht</translation>
    </message>
    <message>
        <source>the second prompt has not been read here</source>
        <translation>der zweite Prompt ist hier nicht gelesen worden</translation>
    </message>
    <message>
        <source>the second text</source>
        <translation>der zweite Text</translation>
    </message>
    <message>
        <source>the shape of {name}</source>
        <translation>die Form von {name}</translation>
    </message>
    <message>
        <source>the similarities do not vary within or across categories</source>
        <translation>die Ähnlichkeiten unterscheiden sich innerhalb oder zwischen den Kategorien nicht</translation>
    </message>
    <message>
        <source>the step after {cliff} is the heaviest, ({last} − {next_one})/({width} × {cliff2})</source>
        <translation>die Stufe nach {cliff} wiegt am meisten, ({last} − {next_one})/({width} × {cliff2})</translation>
    </message>
    <message>
        <source>the stream is not finite there</source>
        <translation>der Strom ist dort nicht endlich</translation>
    </message>
    <message>
        <source>the stream itself is altered</source>
        <translation>der Strom selbst ist verändert</translation>
    </message>
    <message>
        <source>the sum {text}</source>
        <translation>die Summe {text}</translation>
    </message>
    <message>
        <source>the sweep asks for something else than was run</source>
        <translation>die Reihe verlangt anderes, als gerechnet wurde</translation>
    </message>
    <message>
        <source>the sweep has no mean of this model</source>
        <translation>die Reihe hat kein Mittel dieses Modells</translation>
    </message>
    <message>
        <source>the sweep has no scores of models with models</source>
        <translation>die Reihe hat keine Werte von Modellen mit Modellen</translation>
    </message>
    <message>
        <source>the sweep has no such scores</source>
        <translation>die Reihe hat keine solchen Werte</translation>
    </message>
    <message>
        <source>the tail begins after {within}, at least {count} stay</source>
        <translation>das Ende beginnt nach {within}, mindestens {count} bleiben</translation>
    </message>
    <message>
        <source>the tensor {name} appears twice</source>
        <translation>der Tensor {name} kommt zweimal vor</translation>
    </message>
    <message>
        <source>the tensor {name} has the shape {shape}, not whole blocks of {values}</source>
        <translation>der Tensor {name} hat die Form {shape}, keine ganzen Blöcke von {values}</translation>
    </message>
    <message>
        <source>the tensor {name} has the unknown type {kind}</source>
        <translation>der Tensor {name} hat den unbekannten Typ {kind}</translation>
    </message>
    <message>
        <source>the tensor {name} has {n_dimensions} dimensions</source>
        <translation>der Tensor {name} hat {n_dimensions} Dimensionen</translation>
    </message>
    <message>
        <source>the tensor {name} is not aligned to {alignment} bytes</source>
        <translation>der Tensor {name} ist nicht auf {alignment} Byte ausgerichtet</translation>
    </message>
    <message>
        <source>the tensor {name} overlaps another</source>
        <translation>der Tensor {name} überlappt einen anderen</translation>
    </message>
    <message>
        <source>the text</source>
        <translation>der Text</translation>
    </message>
    <message>
        <source>the text is one token</source>
        <translation>der Text ist ein einziges Token</translation>
    </message>
    <message>
        <source>the texts are too short</source>
        <translation>die Texte sind zu kurz</translation>
    </message>
    <message>
        <source>the token {text} is watched twice</source>
        <translation>das Token {text} wird zweimal verfolgt</translation>
    </message>
    <message>
        <source>the tokenizer makes no token of this text</source>
        <translation>der Tokenizer macht aus diesem Text kein Token</translation>
    </message>
    <message>
        <source>the tokenizer merges the copies: there is no first token</source>
        <translation>der Tokenizer verschmilzt die Kopien: Es gibt kein erstes Token</translation>
    </message>
    <message>
        <source>the type of {key}</source>
        <translation>der Typ von {key}</translation>
    </message>
    <message>
        <source>the type of {name}</source>
        <translation>der Typ von {name}</translation>
    </message>
    <message>
        <source>the value of {key}</source>
        <translation>der Wert von {key}</translation>
    </message>
    <message>
        <source>the vector is no direction</source>
        <translation>der Vektor hat keine Richtung</translation>
    </message>
    <message>
        <source>the version</source>
        <translation>die Version</translation>
    </message>
    <message>
        <source>the vocabularies differ: {size} and {size2} tokens</source>
        <translation>die Vokabulare sind verschieden: {size} und {size2} Tokens</translation>
    </message>
    <message>
        <source>the vocabularies have different tokens</source>
        <translation>die Vokabulare haben verschiedene Tokens</translation>
    </message>
    <message>
        <source>the watched token {text}</source>
        <translation>das beobachtete Token {text}</translation>
    </message>
    <message>
        <source>the weights that can be had do not give the kernel's output</source>
        <translation>die zugänglichen Gewichte geben nicht die Ausgabe des Kerns</translation>
    </message>
    <message>
        <source>the word is equally similar to all others</source>
        <translation>das Wort ist allen anderen gleich ähnlich</translation>
    </message>
    <message>
        <source>the word {word}</source>
        <translation>das Wort {word}</translation>
    </message>
    <message>
        <source>the word {word} appears twice (in {seen} and {category})</source>
        <translation>das Wort {word} kommt zweimal vor (in {seen} und {category})</translation>
    </message>
    <message>
        <source>the {count} nearest to H = {entropy} sum to {running}, H ± {distance}</source>
        <translation>die {count} nächsten an H = {entropy} geben {running}, H ± {distance}</translation>
    </message>
    <message>
        <source>the {site_label} vector of “{words}” has no direction</source>
        <translation>der {site_label}-Vektor von „{words}“ hat keine Richtung</translation>
    </message>
    <message>
        <source>there are no further texts</source>
        <translation>es gibt keine weiteren Texte</translation>
    </message>
    <message>
        <source>there are no pairs {missing} categories</source>
        <translation>es gibt keine Paare {missing} Kategorien</translation>
    </message>
    <message>
        <source>there are no sites; there are {get_args}</source>
        <translation>es gibt keine Stellen; es gibt {get_args}</translation>
    </message>
    <message>
        <source>there are no words in words.categories</source>
        <translation>es gibt keine Wörter</translation>
    </message>
    <message>
        <source>there are {carriers} carriers; {most_carriers} are the most</source>
        <translation>es gibt {carriers} Trägersätze; höchstens {most_carriers} sind möglich</translation>
    </message>
    <message>
        <source>there are {interventions} interventions; {most_interventions} are the most</source>
        <translation>es sind {interventions} Eingriffe; höchstens {most_interventions} sind möglich</translation>
    </message>
    <message>
        <source>there are {n_words} words; {most_words} are the most that can be compared</source>
        <translation>es sind {n_words} Wörter; höchstens {most_words} lassen sich vergleichen</translation>
    </message>
    <message>
        <source>there are {prompts} prompts; {most_prompts} are the most</source>
        <translation>es sind {prompts} Prompts; höchstens {most_prompts} sind möglich</translation>
    </message>
    <message>
        <source>there is no line from which pairs could be off</source>
        <translation>es gibt keine Gerade, von der Paare abweichen könnten</translation>
    </message>
    <message>
        <source>there is no prompt {prompt}</source>
        <translation>es gibt keinen Prompt {prompt}</translation>
    </message>
    <message>
        <source>there is no regression</source>
        <translation>es gibt keine Regression</translation>
    </message>
    <message>
        <source>there is no second text of as many tokens, or fewer than two tokens are followed</source>
        <translation>es gibt keinen zweiten Text mit gleich vielen Tokens, oder weniger als zwei Tokens werden verfolgt</translation>
    </message>
    <message>
        <source>there is no text; type, paste or drop one</source>
        <translation>es gibt keinen Text; einen tippen, einfügen oder ablegen</translation>
    </message>
    <message>
        <source>there is no token {context_index} before the word “{words}”; choose an earlier token or a longer carrier sentence</source>
        <translation>es gibt kein Token {context_index} vor dem Wort „{words}“; ein früheres Token oder einen längeren Trägersatz wählen</translation>
    </message>
    <message>
        <source>there is no {said}</source>
        <translation>es gibt kein {said}</translation>
    </message>
    <message>
        <source>there is one site; two or more can be compared</source>
        <translation>es gibt eine Stelle; verglichen werden zwei oder mehr</translation>
    </message>
    <message>
        <source>there is only one category</source>
        <translation>es gibt nur eine Kategorie</translation>
    </message>
    <message>
        <source>this chain</source>
        <translation>diese Kette</translation>
    </message>
    <message>
        <source>this has no place in a formula</source>
        <translation>das hat in einer Formel keinen Platz</translation>
    </message>
    <message>
        <source>this is not a formula</source>
        <translation>das ist keine Formel</translation>
    </message>
    <message>
        <source>this layer</source>
        <translation>diese Schicht</translation>
    </message>
    <message>
        <source>this layer has no {site}</source>
        <translation>diese Schicht hat kein {site}</translation>
    </message>
    <message>
        <source>this text</source>
        <translation>dieser Text</translation>
    </message>
    <message>
        <source>threshold</source>
        <translation>Schwelle</translation>
    </message>
    <message>
        <source>threshold = {threshold}</source>
        <translation>Schwelle = {threshold}</translation>
    </message>
    <message>
        <source>token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>token itself</source>
        <translation>Token selbst</translation>
    </message>
    <message>
        <source>token that takes</source>
        <translation>Token, das nimmt</translation>
    </message>
    <message>
        <source>token {position} of {n_tokens}</source>
        <translation>Token {position} von {n_tokens}</translation>
    </message>
    <message>
        <source>token {token}, {after}</source>
        <translation>Token {token}, {after}</translation>
    </message>
    <message>
        <source>token, by log norm at layer {layer}</source>
        <translation>Token, nach der Log-Norm in Schicht {layer}</translation>
    </message>
    <message>
        <source>token, by mean log norm of all layers</source>
        <translation>Token, nach der mittleren Log-Norm aller Schichten</translation>
    </message>
    <message>
        <source>token, by surprisal</source>
        <translation>Token, nach der Überraschung</translation>
    </message>
    <message>
        <source>token; bin: many tokens counted; median: of all tokens of the layer; median before: that of the model as it is, beside the altered one.</source>
        <translation>token: ein Token; bin: viele Tokens gezählt; median: aller Tokens der Schicht; median before: der des unveränderten Modells, neben dem des veränderten.</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>Tokens</translation>
    </message>
    <message>
        <source>tokens a turn</source>
        <translation>Tokens je Drehung</translation>
    </message>
    <message>
        <source>tokens are empty; leave them out for all</source>
        <translation>tokens ist leer; für alle weglassen</translation>
    </message>
    <message>
        <source>tokens in a bin</source>
        <translation>Tokens in einer Klasse</translation>
    </message>
    <message>
        <source>too few rows, or no residuals, for Breusch–Godfrey</source>
        <translation>zu wenige Zeilen oder keine Residuen für Breusch–Godfrey</translation>
    </message>
    <message>
        <source>too long</source>
        <translation>zu lang</translation>
    </message>
    <message>
        <source>took more than {memory} of memory while {doing}</source>
        <translation>brauchte mehr als {memory} Speicher: {doing}</translation>
    </message>
    <message>
        <source>top-a as a rule</source>
        <translation>Top-a als Regel</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true oder false</translation>
    </message>
    <message>
        <source>two chains are called {name}; give one another name</source>
        <translation>zwei Ketten heißen {name}; gib einer einen anderen Namen</translation>
    </message>
    <message>
        <source>two columns divided by {sign_name}, without a line that names them</source>
        <translation>zwei Spalten durch {sign_name} getrennt, ohne eine Zeile, die sie benennt</translation>
    </message>
    <message>
        <source>undefined</source>
        <translation>undefiniert</translation>
    </message>
    <message>
        <source>undefined: {first} has {heads} heads, {second} has {other_heads}, which is no multiple</source>
        <translation>undefiniert: {first} hat {heads} Köpfe, {second} hat {other_heads}, was kein Vielfaches ist</translation>
    </message>
    <message>
        <source>undefined: {first} has {width} values per head, {second} has {other_width}</source>
        <translation>undefiniert: {first} hat {width} Werte je Kopf, {second} hat {other_width}</translation>
    </message>
    <message>
        <source>undefined: {reasons}</source>
        <translation>undefiniert: {reasons}</translation>
    </message>
    <message>
        <source>undefined: {reason}</source>
        <translation>undefiniert: {reason}</translation>
    </message>
    <message>
        <source>undefined: {undefined}</source>
        <translation>undefiniert: {undefined}</translation>
    </message>
    <message>
        <source>unembedding cosine</source>
        <translation>Ausbettung, Kosinus</translation>
    </message>
    <message>
        <source>unknown key</source>
        <translation>unbekannter Schlüssel</translation>
    </message>
    <message>
        <source>up to {max}</source>
        <translation>bis {max}</translation>
    </message>
    <message>
        <source>uv pip install --python "{prefix}" --reinstall-package {library}</source>
        <translation>uv pip install --python "{prefix}" --reinstall-package {library}</translation>
    </message>
    <message>
        <source>value error</source>
        <translation>Wertfehler</translation>
    </message>
    <message>
        <source>was still {doing} after {seconds} seconds</source>
        <translation>war nach {seconds} Sekunden noch nicht fertig: {doing}</translation>
    </message>
    <message>
        <source>watch: a token that is followed; top: the most likely one.</source>
        <translation>watch: ein Token, das verfolgt wird; top: das wahrscheinlichste.</translation>
    </message>
    <message>
        <source>watch: the watched text; way: the stage.</source>
        <translation>watch: der beobachtete Text; way: die Stufe.</translation>
    </message>
    <message>
        <source>watched text</source>
        <translation>Der verfolgte Text</translation>
    </message>
    <message>
        <source>way: at the stage; else for the model.</source>
        <translation>way: auf der Stufe; sonst für das Modell.</translation>
    </message>
    <message>
        <source>way: at the stage; else for the model; 1 is the best, 0: removed.</source>
        <translation>way: auf der Stufe; sonst für das Modell; 1 ist der beste, 0: entfernt.</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>Gewicht</translation>
    </message>
    <message>
        <source>weight on earlier copies</source>
        <translation>Gewicht auf früheren Kopien</translation>
    </message>
    <message>
        <source>weight on itself</source>
        <translation>Gewicht auf sich selbst</translation>
    </message>
    <message>
        <source>weight on the first token</source>
        <translation>Gewicht auf dem ersten Token</translation>
    </message>
    <message>
        <source>weight on the token before</source>
        <translation>Gewicht auf dem Token davor</translation>
    </message>
    <message>
        <source>weights (r)</source>
        <translation>Gewichte (r)</translation>
    </message>
    <message>
        <source>what a pair gives within {farthest} tokens</source>
        <translation>Beitrag eines Paares bis {farthest} Tokens</translation>
    </message>
    <message>
        <source>what enters its output projection is not laid out in heads</source>
        <translation>was in seine Ausgangsprojektion eintritt, ist nicht in Köpfe geteilt</translation>
    </message>
    <message>
        <source>what is altered are tokens of the text, which other texts do not have</source>
        <translation>verändert sind Tokens des Textes, die andere Texte nicht haben</translation>
    </message>
    <message>
        <source>what is altered does not reach this layer</source>
        <translation>was verändert ist, erreicht diese Schicht nicht</translation>
    </message>
    <message>
        <source>what is steered along</source>
        <translation>der Text, nach dem gesteuert wird,</translation>
    </message>
    <message>
        <source>what is steered along is empty</source>
        <translation>wonach gelenkt wird, ist leer</translation>
    </message>
    <message>
        <source>what its attention gives to the stream is altered</source>
        <translation>was ihre Attention dem Strom gibt, ist verändert</translation>
    </message>
    <message>
        <source>what stands between its attention and its stream is no norm with a gain</source>
        <translation>was zwischen seiner Attention und seinem Strom steht, ist keine Norm mit Verstärkung</translation>
    </message>
    <message>
        <source>what stands between its last block and its unembedding is unknown</source>
        <translation>was zwischen seinem letzten Block und seiner Ausbettung steht, ist unbekannt</translation>
    </message>
    <message>
        <source>what the alteration changes</source>
        <translation>was die Veränderung ändert</translation>
    </message>
    <message>
        <source>what was kept</source>
        <translation>was behalten wurde</translation>
    </message>
    <message>
        <source>what went in</source>
        <translation>was hineinging</translation>
    </message>
    <message>
        <source>with {n_models} other model</source>
        <translation>mit {n_models} anderen Modell</translation>
    </message>
    <message>
        <source>with {n_models} other models</source>
        <translation>mit {n_models} anderen Modellen</translation>
    </message>
    <message>
        <source>with {name}</source>
        <translation>mit {name}</translation>
    </message>
    <message>
        <source>with {short_word}</source>
        <translation>mit {short_word}</translation>
    </message>
    <message>
        <source>with {titles}</source>
        <translation>mit {titles}</translation>
    </message>
    <message>
        <source>within</source>
        <translation>innerhalb</translation>
    </message>
    <message>
        <source>within a category, in its colour</source>
        <translation>innerhalb einer Kategorie, in deren Farbe</translation>
    </message>
    <message>
        <source>within categories</source>
        <translation>innerhalb der Kategorien</translation>
    </message>
    <message>
        <source>within {first}</source>
        <translation>innerhalb von {first}</translation>
    </message>
    <message>
        <source>within {name}</source>
        <translation>innerhalb von {name}</translation>
    </message>
    <message>
        <source>within, n = {counts}</source>
        <translation>innerhalb, n = {counts}</translation>
    </message>
    <message>
        <source>within, n = {n_pairs} pair</source>
        <translation>innerhalb, n = {n_pairs} Paar</translation>
    </message>
    <message>
        <source>within, n = {n_pairs} pairs</source>
        <translation>innerhalb, n = {n_pairs} Paare</translation>
    </message>
    <message>
        <source>without rotation</source>
        <translation>ohne Drehung</translation>
    </message>
    <message>
        <source>without the first</source>
        <translation>ohne das erste</translation>
    </message>
    <message>
        <source>without the first {drop}</source>
        <translation>ohne die ersten {drop}</translation>
    </message>
    <message>
        <source>word by word</source>
        <translation>Wort für Wort</translation>
    </message>
    <message>
        <source>word from “{cleaned}”</source>
        <translation>Wort aus „{cleaned}“</translation>
    </message>
    <message>
        <source>would keep none of {size}; the best stays</source>
        <translation>würde keinen von {size} behalten; der beste bleibt</translation>
    </message>
    <message>
        <source>would remove all {size}; nothing changes</source>
        <translation>würde alle {size} entfernen; nichts ändert sich</translation>
    </message>
    <message>
        <source>writes {texts}</source>
        <translation>schreibt {texts}</translation>
    </message>
    <message>
        <source>writing all tokens of its tokenizer as text</source>
        <translation>Schreiben aller Tokens seines Tokenizers als Text</translation>
    </message>
    <message>
        <source>writing tables</source>
        <translation>schreibe Tabellen</translation>
    </message>
    <message>
        <source>writing the data</source>
        <translation>Daten werden geschrieben</translation>
    </message>
    <message>
        <source>writing tokens as text</source>
        <translation>Schreiben von Tokens als Text</translation>
    </message>
    <message>
        <source>writing {name}</source>
        <translation>{name} wird geschrieben</translation>
    </message>
    <message>
        <source>writing {path}</source>
        <translation>{path} wird geschrieben</translation>
    </message>
    <message>
        <source>z (log norm)</source>
        <translation>z (Log-Norm)</translation>
    </message>
    <message>
        <source>z within column</source>
        <translation>z in der Spalte</translation>
    </message>
    <message>
        <source>z within layer</source>
        <translation>z in der Schicht</translation>
    </message>
    <message>
        <source>z within the layer where the view says so.</source>
        <translation>z in der Schicht, wo die Ansicht das sagt.</translation>
    </message>
    <message>
        <source>{above} with p ≥ {threshold}, at least 2 are needed</source>
        <translation>{above} mit p ≥ {threshold}, mindestens 2 sind nötig</translation>
    </message>
    <message>
        <source>{action} is of attention, mlp or resid, not of {site}</source>
        <translation>{action} gibt es an attention, mlp oder resid, nicht an {site}</translation>
    </message>
    <message>
        <source>{at} token away: {own}</source>
        <translation>{at} Token entfernt: {own}</translation>
    </message>
    <message>
        <source>{at} tokens away: {own}</source>
        <translation>{at} Tokens entfernt: {own}</translation>
    </message>
    <message>
        <source>{at}, {here}, n = {n} pair</source>
        <translation>{at}, {here}, n = {n} Paar</translation>
    </message>
    <message>
        <source>{at}, {here}, n = {n} pairs</source>
        <translation>{at}, {here}, n = {n} Paare</translation>
    </message>
    <message>
        <source>{before} → out</source>
        <translation>{before} → entfernt</translation>
    </message>
    <message>
        <source>{brought} of the model's weights are not on its device and are brought anew in every pass, which takes its time.</source>
        <translation>{brought} der Gewichte des Modells sind nicht auf seinem Gerät und werden in jedem Durchgang neu geholt, was dauert.</translation>
    </message>
    <message>
        <source>{cell} is no correlation</source>
        <translation>{cell} ist keine Korrelation</translation>
    </message>
    <message>
        <source>{cell} is no number of things</source>
        <translation>{cell} ist keine Anzahl</translation>
    </message>
    <message>
        <source>{cell} is none of {n} layers</source>
        <translation>{cell} ist keine von {n} Schichten</translation>
    </message>
    <message>
        <source>{chain}, chat</source>
        <translation>{chain}, Chat</translation>
    </message>
    <message>
        <source>{chain}: {n_loops} of {runs} ({low}–{high} %)</source>
        <translation>{chain}: {n_loops} von {runs} ({low}–{high} %)</translation>
    </message>
    <message>
        <source>{complete} is missing, or not as it was written</source>
        <translation>{complete} fehlt oder ist nicht mehr so, wie sie geschrieben wurde</translation>
    </message>
    <message>
        <source>{confidence} % {low} to {high}</source>
        <translation>{confidence} % {low} bis {high}</translation>
    </message>
    <message>
        <source>{confidence} bootstrap band</source>
        <translation>Bootstrap-Band {confidence}</translation>
    </message>
    <message>
        <source>{counts} token in {title}</source>
        <translation>{counts} Token in {title}</translation>
    </message>
    <message>
        <source>{counts} tokens in {title}</source>
        <translation>{counts} Tokens in {title}</translation>
    </message>
    <message>
        <source>{counts} · entropy {entropy} → {entropy2} nats</source>
        <translation>{counts} · Entropie {entropy} → {entropy2} Nat</translation>
    </message>
    <message>
        <source>{count} of {size} logits are not a number (NaN), the first at token {first}.</source>
        <translation>{count} von {size} Logits sind keine Zahl (NaN), das erste bei Token {first}.</translation>
    </message>
    <message>
        <source>{damaged} words hold �: was the file saved in another encoding?</source>
        <translation>{damaged} Wörter enthalten �: Wurde die Datei in einer anderen Kodierung gespeichert?</translation>
    </message>
    <message>
        <source>{depth}  {token}  p = {probability}</source>
        <translation>{depth}  {token}  p = {probability}</translation>
    </message>
    <message>
        <source>{depth}  {token}  rank {rank}</source>
        <translation>{depth}  {token}  Rang {rank}</translation>
    </message>
    <message>
        <source>{distance} token</source>
        <translation>{distance} Token</translation>
    </message>
    <message>
        <source>{distance} token away: {value} · {said}</source>
        <translation>{distance} Token entfernt: {value} · {said}</translation>
    </message>
    <message>
        <source>{distance} tokens</source>
        <translation>{distance} Tokens</translation>
    </message>
    <message>
        <source>{distance} tokens away: {value} · {said}</source>
        <translation>{distance} Tokens entfernt: {value} · {said}</translation>
    </message>
    <message>
        <source>{distinct} distinct rows of {n_words}: effective n = {distinct2}</source>
        <translation>{distinct} verschiedene Zeilen von {n_words}: effektives n = {distinct2}</translation>
    </message>
    <message>
        <source>{dropped} above {spared} ≥ {threshold} dropped</source>
        <translation>{dropped} über {spared} ≥ {threshold} entfernt</translation>
    </message>
    <message>
        <source>{drop} leading tokens cannot be left out.</source>
        <translation>{drop} Tokens am Anfang lassen sich nicht weglassen.</translation>
    </message>
    <message>
        <source>{dtype} is not a precision that models are opened in.</source>
        <translation>{dtype} ist keine Genauigkeit, in der Modelle geöffnet werden.</translation>
    </message>
    <message>
        <source>{experiment} is not valid: {place}: {message}</source>
        <translation>{experiment} ist nicht gültig: {place}: {message}</translation>
    </message>
    <message>
        <source>{filename} cannot be unpacked</source>
        <translation>{filename} lässt sich nicht auspacken</translation>
    </message>
    <message>
        <source>{filename} is longer than announced</source>
        <translation>{filename} ist länger als angekündigt</translation>
    </message>
    <message>
        <source>{filename} is shorter than announced</source>
        <translation>{filename} ist kürzer als angekündigt</translation>
    </message>
    <message>
        <source>{file} cannot be read: {strerror}.</source>
        <translation>{file} lässt sich nicht lesen: {strerror}.</translation>
    </message>
    <message>
        <source>{file} holds values of the type {kind}, which is not read.</source>
        <translation>{file} enthält Werte vom Typ {kind}, der nicht gelesen wird.</translation>
    </message>
    <message>
        <source>{file} is damaged or truncated.</source>
        <translation>{file} ist beschädigt oder abgeschnitten.</translation>
    </message>
    <message>
        <source>{file} is larger than {limit} MB, more than such a file ever is.</source>
        <translation>{file} ist größer als {limit} MB, mehr als eine solche Datei je ist.</translation>
    </message>
    <message>
        <source>{file} is not a JSON object.</source>
        <translation>{file} ist kein JSON-Objekt.</translation>
    </message>
    <message>
        <source>{file} is not a usable configuration: it is nested more than {deepest} deep.</source>
        <translation>{file} ist keine brauchbare Konfiguration: Sie ist mehr als {deepest}-fach verschachtelt.</translation>
    </message>
    <message>
        <source>{file} is not an ordinary file.</source>
        <translation>{file} ist keine gewöhnliche Datei.</translation>
    </message>
    <message>
        <source>{file} is not valid JSON: {what_is_wrong}.</source>
        <translation>{file} ist kein gültiges JSON: {what_is_wrong}.</translation>
    </message>
    <message>
        <source>{final} of {raw} left by the chain</source>
        <translation>{final} von {raw} nach der Kette übrig</translation>
    </message>
    <message>
        <source>{folder} has no .txt file.</source>
        <translation>{folder} hat keine .txt-Datei.</translation>
    </message>
    <message>
        <source>{folder} holds more than {max_tensors} tensors.</source>
        <translation>{folder} enthält mehr als {max_tensors} Tensoren.</translation>
    </message>
    <message>
        <source>{folder} is not a folder that can be read.</source>
        <translation>{folder} ist kein Ordner, der gelesen werden kann.</translation>
    </message>
    <message>
        <source>{folder} is not an ordinary file.</source>
        <translation>{folder} ist keine gewöhnliche Datei.</translation>
    </message>
    <message>
        <source>{folder} is not as it was written.</source>
        <translation>{folder} ist nicht mehr so, wie es geschrieben wurde.</translation>
    </message>
    <message>
        <source>{folder} is not whole.</source>
        <translation>{folder} ist nicht vollständig.</translation>
    </message>
    <message>
        <source>{folder} is of no model of this sweep; it is left as it is</source>
        <translation>{folder} gehört zu keinem Modell dieser Reihe; es bleibt, wie es ist</translation>
    </message>
    <message>
        <source>{folder} lacks the weights file {name}.</source>
        <translation>{folder} fehlt die Gewichtsdatei {name}.</translation>
    </message>
    <message>
        <source>{folder} says that {place} holds the tensor {name}, which it does not.</source>
        <translation>{folder} sagt, dass {place} den Tensor {name} enthält, was nicht stimmt.</translation>
    </message>
    <message>
        <source>{frames} column</source>
        <translation>{frames} Spalte</translation>
    </message>
    <message>
        <source>{frames} columns</source>
        <translation>{frames} Spalten</translation>
    </message>
    <message>
        <source>{gone} is missing</source>
        <translation>{gone} fehlt</translation>
    </message>
    <message>
        <source>{history} token so far, fewer than {n}</source>
        <translation>{history} Token bisher, weniger als {n}</translation>
    </message>
    <message>
        <source>{history} tokens so far, fewer than {n}</source>
        <translation>{history} Tokens bisher, weniger als {n}</translation>
    </message>
    <message>
        <source>{index} is not an index of weights.</source>
        <translation>{index} ist kein Verzeichnis von Gewichten.</translation>
    </message>
    <message>
        <source>{index} names {name} as weights, which is not a .safetensors file; nothing else is read.</source>
        <translation>{index} nennt {name} als Gewichte, was keine .safetensors-Datei ist; anderes wird nicht gelesen.</translation>
    </message>
    <message>
        <source>{index} names {name}, which is a link to a file outside its folder.</source>
        <translation>{index} nennt {name}, einen Verweis auf eine Datei außerhalb des Ordners.</translation>
    </message>
    <message>
        <source>{index} names {name}, which is not a file beside it.</source>
        <translation>{index} nennt {name}, was keine Datei daneben ist.</translation>
    </message>
    <message>
        <source>{kept} left
{reason}</source>
        <translation>{kept} übrig
{reason}</translation>
    </message>
    <message>
        <source>{kept} left{gone}, entropy {entropy}</source>
        <translation>{kept} übrig{gone}, Entropie {entropy}</translation>
    </message>
    <message>
        <source>{key} has the type {kind}, which is not a number or a text</source>
        <translation>{key} hat den Typ {kind}, was weder Zahl noch Text ist</translation>
    </message>
    <message>
        <source>{key} has the unknown type {kind}</source>
        <translation>{key} hat den unbekannten Typ {kind}</translation>
    </message>
    <message>
        <source>{label} at {site_label}</source>
        <translation>{label} bei {site_label}</translation>
    </message>
    <message>
        <source>{label} of layer {layer}</source>
        <translation>{label} der Schicht {layer}</translation>
    </message>
    <message>
        <source>{label} undefined: {reason}</source>
        <translation>{label} undefiniert: {reason}</translation>
    </message>
    <message>
        <source>{label} {low} to {high}</source>
        <translation>{label} {low} bis {high}</translation>
    </message>
    <message>
        <source>{label}, difference</source>
        <translation>{label}, Unterschied</translation>
    </message>
    <message>
        <source>{lags} lags were asked for.</source>
        <translation>{lags} frühere Tokens wurden verlangt.</translation>
    </message>
    <message>
        <source>{layer_note} · head {head} · {n_tokens} token</source>
        <translation>{layer_note} · Kopf {head} · {n_tokens} Token</translation>
    </message>
    <message>
        <source>{layer_note} · head {head} · {n_tokens} tokens</source>
        <translation>{layer_note} · Kopf {head} · {n_tokens} Tokens</translation>
    </message>
    <message>
        <source>{left} model to go{none}: {names}</source>
        <translation>noch {left} Modell{none}: {names}</translation>
    </message>
    <message>
        <source>{left} models to go{none}: {names}</source>
        <translation>noch {left} Modelle{none}: {names}</translation>
    </message>
    <message>
        <source>{limits} or less</source>
        <translation>{limits} oder weniger</translation>
    </message>
    <message>
        <source>{limits} or more</source>
        <translation>{limits} oder mehr</translation>
    </message>
    <message>
        <source>{lost} of {n}</source>
        <translation>{lost} von {n}</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} bis {high}</translation>
    </message>
    <message>
        <source>{meaning} Unit: {unit}.</source>
        <translation>{meaning} Einheit: {unit}.</translation>
    </message>
    <message>
        <source>{means} cannot be read: {have}</source>
        <translation>{means} lässt sich nicht lesen: {have}</translation>
    </message>
    <message>
        <source>{meant}Check the spelling, or run `hf auth login` if it is yours.</source>
        <translation>{meant}Die Schreibweise prüfen oder `hf auth login` ausführen, wenn es das eigene ist.</translation>
    </message>
    <message>
        <source>{models} cannot be read</source>
        <translation>{models} lässt sich nicht lesen</translation>
    </message>
    <message>
        <source>{models} is too large to be shown</source>
        <translation>{models} ist zu groß, um gezeigt zu werden</translation>
    </message>
    <message>
        <source>{models} is written when the sweep ends</source>
        <translation>{models} wird geschrieben, wenn die Reihe endet</translation>
    </message>
    <message>
        <source>{models} lacks {n_lacking} model</source>
        <translation>in {models} fehlt {n_lacking} Modell</translation>
    </message>
    <message>
        <source>{models} lacks {n_lacking} models</source>
        <translation>in {models} fehlen {n_lacking} Modelle</translation>
    </message>
    <message>
        <source>{models} with the others at {where}</source>
        <translation>{models} mit den anderen an {where}</translation>
    </message>
    <message>
        <source>{model}, {chain}, chat</source>
        <translation>{model}, {chain}, Chat</translation>
    </message>
    <message>
        <source>{n_all} head, n = {n} queries</source>
        <translation>{n_all} Kopf, n = {n} Anfragen</translation>
    </message>
    <message>
        <source>{n_all} head, n = {n} query</source>
        <translation>{n_all} Kopf, n = {n} Anfrage</translation>
    </message>
    <message>
        <source>{n_all} heads, n = {n} queries</source>
        <translation>{n_all} Köpfe, n = {n} Anfragen</translation>
    </message>
    <message>
        <source>{n_all} heads, n = {n} query</source>
        <translation>{n_all} Köpfe, n = {n} Anfrage</translation>
    </message>
    <message>
        <source>{n_bytes} GB</source>
        <translation>{n_bytes} GB</translation>
    </message>
    <message>
        <source>{n_bytes} of the weights of {title} do not fit into memory, and the disk of the cache has {free} free.</source>
        <translation>{n_bytes} der Gewichte von {title} passen nicht in den Speicher, und auf der Platte des Zwischenspeichers sind {free} frei.</translation>
    </message>
    <message>
        <source>{n_bytes} of {bytes} MB</source>
        <translation>{n_bytes} von {bytes} MB</translation>
    </message>
    <message>
        <source>{n_gone} of {received} would repeat a run of {n}</source>
        <translation>{n_gone} von {received} würden eine Folge von {n} wiederholen</translation>
    </message>
    <message>
        <source>{n_loops} of {runs}</source>
        <translation>{n_loops} von {runs}</translation>
    </message>
    <message>
        <source>{n_prompt} + {written} tokens, written by {model}</source>
        <translation>{n_prompt} + {written} Tokens, geschrieben von {model}</translation>
    </message>
    <message>
        <source>{n_random} random sequence</source>
        <translation>{n_random} Zufallsfolge</translation>
    </message>
    <message>
        <source>{n_random} random sequences</source>
        <translation>{n_random} Zufallsfolgen</translation>
    </message>
    <message>
        <source>{n_scores} τ_a of {n_pairs} pairs of words would take hours; ρ_a, which orders results much as τ_a does, takes seconds</source>
        <translation>{n_scores} τ_a von {n_pairs} Wortpaaren würden Stunden dauern; ρ_a, das Ergebnisse fast so ordnet wie τ_a, braucht Sekunden</translation>
    </message>
    <message>
        <source>{n_seeds} seed, up to {n_tokens} tokens each</source>
        <translation>{n_seeds} Startwert, bis zu {n_tokens} Tokens</translation>
    </message>
    <message>
        <source>{n_seeds} seeds, up to {n_tokens} tokens each</source>
        <translation>{n_seeds} Startwerte, je bis zu {n_tokens} Tokens</translation>
    </message>
    <message>
        <source>{n_texts} text</source>
        <translation>{n_texts} Text</translation>
    </message>
    <message>
        <source>{n_texts} texts</source>
        <translation>{n_texts} Texten</translation>
    </message>
    <message>
        <source>{n_tokens} token</source>
        <translation>{n_tokens} Token</translation>
    </message>
    <message>
        <source>{n_tokens} token × {n_depths} layer</source>
        <translation>{n_tokens} Token × {n_depths} Schicht</translation>
    </message>
    <message>
        <source>{n_tokens} token × {n_depths} layers</source>
        <translation>{n_tokens} Token × {n_depths} Schichten</translation>
    </message>
    <message>
        <source>{n_tokens} token × {n_layers} layer</source>
        <translation>{n_tokens} Token × {n_layers} Schicht</translation>
    </message>
    <message>
        <source>{n_tokens} token × {n_layers} layers</source>
        <translation>{n_tokens} Token × {n_layers} Schichten</translation>
    </message>
    <message>
        <source>{n_tokens} tokens</source>
        <translation>{n_tokens} Tokens</translation>
    </message>
    <message>
        <source>{n_tokens} tokens × {n_depths} layer</source>
        <translation>{n_tokens} Tokens × {n_depths} Schicht</translation>
    </message>
    <message>
        <source>{n_tokens} tokens × {n_depths} layers</source>
        <translation>{n_tokens} Tokens × {n_depths} Schichten</translation>
    </message>
    <message>
        <source>{n_tokens} tokens × {n_layers} layer</source>
        <translation>{n_tokens} Tokens × {n_layers} Schicht</translation>
    </message>
    <message>
        <source>{n_tokens} tokens × {n_layers} layers</source>
        <translation>{n_tokens} Tokens × {n_layers} Schichten</translation>
    </message>
    <message>
        <source>{n_words} identical rows: effective n = 1</source>
        <translation>{n_words} gleiche Zeilen: effektives n = 1</translation>
    </message>
    <message>
        <source>{n_words} word</source>
        <translation>{n_words} Wort</translation>
    </message>
    <message>
        <source>{n_words} words</source>
        <translation>{n_words} Wörter</translation>
    </message>
    <message>
        <source>{named}
largest dimensions {dimensions}</source>
        <translation>{named}
größte Dimensionen {dimensions}</translation>
    </message>
    <message>
        <source>{named}  {numbers}, residual {residuals}</source>
        <translation>{named}  {numbers}, Residuum {residuals}</translation>
    </message>
    <message>
        <source>{named}: it attends to more than the tokens.</source>
        <translation>{named}: es achtet auf mehr als die Tokens.</translation>
    </message>
    <message>
        <source>{named}: it is not computed token by token.</source>
        <translation>{named}: es wird nicht Token für Token berechnet.</translation>
    </message>
    <message>
        <source>{named}: it runs more than once.</source>
        <translation>{named}: es läuft mehr als einmal.</translation>
    </message>
    <message>
        <source>{named}: that part of the model never ran.</source>
        <translation>{named}: dieser Teil des Modells lief nie.</translation>
    </message>
    <message>
        <source>{names}{names2} against {names3}, {size}</source>
        <translation>{names}{names2} gegen {names3}, {size}</translation>
    </message>
    <message>
        <source>{names}{names2}, layer {layer}, head {head}, {n_tokens} token</source>
        <translation>{names}{names2}, Schicht {layer}, Kopf {head}, {n_tokens} Token</translation>
    </message>
    <message>
        <source>{names}{names2}, layer {layer}, head {head}, {n_tokens} tokens</source>
        <translation>{names}{names2}, Schicht {layer}, Kopf {head}, {n_tokens} Tokens</translation>
    </message>
    <message>
        <source>{name} (architecture {architecture}) cannot be converted: {error}.</source>
        <translation>{name} (Architektur {architecture}) lässt sich nicht umwandeln: {error}.</translation>
    </message>
    <message>
        <source>{name} (architecture {architecture}) could not be converted: {last}</source>
        <translation>{name} (Architektur {architecture}) ließ sich nicht umwandeln: {last}</translation>
    </message>
    <message>
        <source>{name} appears twice</source>
        <translation>{name} kommt zweimal vor</translation>
    </message>
    <message>
        <source>{name} cannot be read. {message}</source>
        <translation>{name} lässt sich nicht lesen. {message}</translation>
    </message>
    <message>
        <source>{name} cannot be read: a curve has {n} of {n_layers} layers</source>
        <translation>{name} lässt sich nicht lesen: Eine Kurve hat {n} von {n_layers} Schichten</translation>
    </message>
    <message>
        <source>{name} cannot be read: it has no words</source>
        <translation>{name} lässt sich nicht lesen: Sie hat keine Wörter</translation>
    </message>
    <message>
        <source>{name} cannot be read: it is not UTF-8 text</source>
        <translation>{name} lässt sich nicht lesen: Es ist kein UTF-8-Text</translation>
    </message>
    <message>
        <source>{name} cannot be read: {error}</source>
        <translation>{name} lässt sich nicht lesen: {error}</translation>
    </message>
    <message>
        <source>{name} cannot be read: {strerror}</source>
        <translation>{name} lässt sich nicht lesen: {strerror}</translation>
    </message>
    <message>
        <source>{name} cannot be read: {why}</source>
        <translation>{name} lässt sich nicht lesen: {why}</translation>
    </message>
    <message>
        <source>{name} cannot be run on token ids alone: {error}</source>
        <translation>{name} lässt sich nicht allein mit Token-IDs rechnen: {error}</translation>
    </message>
    <message>
        <source>{name} cannot be shared between rows.</source>
        <translation>{name} lässt sich nicht zwischen Zeilen teilen.</translation>
    </message>
    <message>
        <source>{name} computes its weights out of sight</source>
        <translation>{name} berechnet seine Gewichte, wo es nicht zu sehen ist</translation>
    </message>
    <message>
        <source>{name} does not say what is added to the variance in its norms (epsilon); any guess would give other numbers.</source>
        <translation>{name} sagt nicht, was in seinen Normen zur Varianz addiert wird (epsilon); jede Annahme gäbe andere Zahlen.</translation>
    </message>
    <message>
        <source>{name} has more members than a session can have.</source>
        <translation>{name} hat mehr Mitglieder, als eine Sitzung haben kann.</translation>
    </message>
    <message>
        <source>{name} has no attention kernel that can be watched</source>
        <translation>{name} hat keinen Attention-Kern, der sich beobachten lässt</translation>
    </message>
    <message>
        <source>{name} has no parameter {key}.</source>
        <translation>{name} hat keinen Parameter {key}.</translation>
    </message>
    <message>
        <source>{name} has no revisions: {revision} was asked for.</source>
        <translation>{name} hat keine Revisionen: {revision} wurde verlangt.</translation>
    </message>
    <message>
        <source>{name} has {file_size} bytes, not {target}</source>
        <translation>{name} hat {file_size} Byte, nicht {target}</translation>
    </message>
    <message>
        <source>{name} has {length} GB, more than a session can have.</source>
        <translation>{name} hat {length} GB, mehr als eine Sitzung haben kann.</translation>
    </message>
    <message>
        <source>{name} has {size} bytes, more than the {most} allowed</source>
        <translation>{name} hat {size} Byte, mehr als die erlaubten {most}</translation>
    </message>
    <message>
        <source>{name} holds {n_parameters} values, and the model that transformers makes of it {values}: some are lost{as_in}, and it would compute other numbers.</source>
        <translation>{name} enthält {n_parameters} Werte, und das Modell, das transformers daraus macht, {values}: Einige gehen verloren{as_in}, und es würde andere Zahlen rechnen.</translation>
    </message>
    <message>
        <source>{name} is a pickled file, which can run code when it is opened; such files are never read.</source>
        <translation>{name} ist eine Pickle-Datei, die beim Öffnen Code ausführen kann; solche Dateien werden nie gelesen.</translation>
    </message>
    <message>
        <source>{name} is a piece of a GGUF file.</source>
        <translation>{name} ist ein Stück einer GGUF-Datei.</translation>
    </message>
    <message>
        <source>{name} is damaged: {what}.</source>
        <translation>{name} ist beschädigt: {what}.</translation>
    </message>
    <message>
        <source>{name} is encrypted</source>
        <translation>{name} ist verschlüsselt</translation>
    </message>
    <message>
        <source>{name} is in it twice</source>
        <translation>{name} ist zweimal darin</translation>
    </message>
    <message>
        <source>{name} is missing</source>
        <translation>{name} fehlt</translation>
    </message>
    <message>
        <source>{name} is not UTF-8 text: byte 0x{content} in line {line}.</source>
        <translation>{name} ist kein UTF-8-Text: Byte 0x{content} in Zeile {line}.</translation>
    </message>
    <message>
        <source>{name} is not a session, or its end is missing.</source>
        <translation>{name} ist keine Sitzung, oder ihr Ende fehlt.</translation>
    </message>
    <message>
        <source>{name} is not a session: it has no {sums}.</source>
        <translation>{name} ist keine Sitzung: {sums} fehlt.</translation>
    </message>
    <message>
        <source>{name} is not a usable GGUF file: {what}.</source>
        <translation>{name} ist keine brauchbare GGUF-Datei: {what}.</translation>
    </message>
    <message>
        <source>{name} is not text.</source>
        <translation>{name} ist kein Text.</translation>
    </message>
    <message>
        <source>{name} is not valid TOML: {what_is_wrong}.</source>
        <translation>{name} ist kein gültiges TOML: {what_is_wrong}.</translation>
    </message>
    <message>
        <source>{name} is not valid.</source>
        <translation>{name} ist nicht gültig.</translation>
    </message>
    <message>
        <source>{name} is not valid: it is nested too deeply.</source>
        <translation>{name} ist nicht gültig: zu tief verschachtelt.</translation>
    </message>
    <message>
        <source>{name} is not valid: {problems}.</source>
        <translation>{name} ist nicht gültig: {problems}.</translation>
    </message>
    <message>
        <source>{name} is not valid: {reason}.</source>
        <translation>{name} ist nicht gültig: {reason}.</translation>
    </message>
    <message>
        <source>{name} is only a part of a model.</source>
        <translation>{name} ist nur ein Teil eines Modells.</translation>
    </message>
    <message>
        <source>{name} is packed in a way that sessions are not</source>
        <translation>{name} ist anders gepackt als Sitzungen</translation>
    </message>
    <message>
        <source>{name} is part {number} of {count} of a model.</source>
        <translation>{name} ist Teil {number} von {count} eines Modells.</translation>
    </message>
    <message>
        <source>{name} is truncated or damaged: the tensor {name2} ends at byte {start} of a file of {size}.</source>
        <translation>{name} ist abgeschnitten oder beschädigt: Der Tensor {name2} endet bei Byte {start} einer Datei von {size}.</translation>
    </message>
    <message>
        <source>{name} is truncated or damaged: {what} takes {length} bytes where {left} are left.</source>
        <translation>{name} ist abgeschnitten oder beschädigt: {what} braucht {length} Byte, wo {left} übrig sind.</translation>
    </message>
    <message>
        <source>{name} lacks {missing} of the model's tensors, the first is {missing2}.</source>
        <translation>{name} fehlen {missing} Tensoren des Modells, der erste ist {missing2}.</translation>
    </message>
    <message>
        <source>{name} needs brackets and what it is of</source>
        <translation>{name} braucht Klammern und wovon es ist</translation>
    </message>
    <message>
        <source>{name} needs {needed} GB of memory; {available} are free.</source>
        <translation>{name} braucht {needed} GB Speicher; {available} sind frei.</translation>
    </message>
    <message>
        <source>{name} of {repository} has changed in the hub's cache since it was fetched.</source>
        <translation>{name} von {repository} hat sich im Cache des Hubs verändert, seit es geholt wurde.</translation>
    </message>
    <message>
        <source>{name} overlaps the member before it</source>
        <translation>{name} überlappt das Mitglied davor</translation>
    </message>
    <message>
        <source>{name} says that it has {n_blocks} layers, and it holds {held}.</source>
        <translation>{name} nennt {n_blocks} Schichten und enthält {held}.</translation>
    </message>
    <message>
        <source>{name} says that it is of the type {kind}, not a model.</source>
        <translation>{name} ist nach eigener Angabe vom Typ {kind} und kein Modell.</translation>
    </message>
    <message>
        <source>{name} stretches rotary positions by {factors} in a way that is not known.</source>
        <translation>{name} dehnt Rotationspositionen mit {factors} auf unbekannte Weise.</translation>
    </message>
    <message>
        <source>{name} takes {needed}, not {parts}</source>
        <translation>{name} nimmt {needed}, nicht {parts}</translation>
    </message>
    <message>
        <source>{name} would unpack to {file_size} bytes</source>
        <translation>{name} ergäbe ausgepackt {file_size} Byte</translation>
    </message>
    <message>
        <source>{name}, block-corrected</source>
        <translation>{name}, blockkorrigiert</translation>
    </message>
    <message>
        <source>{name}, converted</source>
        <translation>{name}, umgewandelt</translation>
    </message>
    <message>
        <source>{name}, layer {layer}
{curve}</source>
        <translation>{name}, Schicht {layer}
{curve}</translation>
    </message>
    <message>
        <source>{name}, layer {layer}
{r}{band}</source>
        <translation>{name}, Schicht {layer}
{r}{band}</translation>
    </message>
    <message>
        <source>{name}: enabled must be true or false, not {enabled}.</source>
        <translation>{name}: enabled muss true oder false sein, nicht {enabled}.</translation>
    </message>
    <message>
        <source>{name}: places so far apart were not looked at</source>
        <translation>{name}: so weit entfernte Plätze wurden nicht angesehen</translation>
    </message>
    <message>
        <source>{neighbours} sums are asked for; {most_watched} are the most</source>
        <translation>{neighbours} Summen sind verlangt; höchstens {most_watched}</translation>
    </message>
    <message>
        <source>{n} head</source>
        <translation>{n} Kopf</translation>
    </message>
    <message>
        <source>{n} heads</source>
        <translation>{n} Köpfe</translation>
    </message>
    <message>
        <source>{n} key/value heads, each read by {shared} query heads</source>
        <translation>{n} Key/Value-Köpfe, jeder von {shared} Query-Köpfen gelesen</translation>
    </message>
    <message>
        <source>{n} model at {where}</source>
        <translation>{n} Modell an {where}</translation>
    </message>
    <message>
        <source>{n} models at {where}</source>
        <translation>{n} Modelle an {where}</translation>
    </message>
    <message>
        <source>{n} of the layers</source>
        <translation>{n} der Schichten</translation>
    </message>
    <message>
        <source>{n} of the prompts</source>
        <translation>{n} der Prompts</translation>
    </message>
    <message>
        <source>{n} rows: with fewer than {fewest_rows} the coefficient of the token before is biased towards zero, and its interval too narrow</source>
        <translation>{n} Zeilen: Bei weniger als {fewest_rows} ist der Koeffizient des Tokens davor gegen null verzerrt und sein Intervall zu schmal</translation>
    </message>
    <message>
        <source>{n} tokens</source>
        <translation>{n} Tokens</translation>
    </message>
    <message>
        <source>{n}; chance so far</source>
        <translation>{n}; Zufall bis jetzt</translation>
    </message>
    <message>
        <source>{of}, control {control}</source>
        <translation>{of}, Kontrolle {control}</translation>
    </message>
    <message>
        <source>{of}: {before} unaltered</source>
        <translation>{of}: {before} unverändert</translation>
    </message>
    <message>
        <source>{of}: {shared} of {follower_ids} followers are near it</source>
        <translation>{of}: {shared} von {follower_ids} Nachfolgern sind ihm nahe</translation>
    </message>
    <message>
        <source>{order} other</source>
        <translation>{order} anderer</translation>
    </message>
    <message>
        <source>{order} others</source>
        <translation>{order} andere</translation>
    </message>
    <message>
        <source>{out} is a file, not a folder.</source>
        <translation>{out} ist eine Datei, kein Ordner.</translation>
    </message>
    <message>
        <source>{out} is not a file.</source>
        <translation>{out} ist keine Datei.</translation>
    </message>
    <message>
        <source>{out} is not a folder.</source>
        <translation>{out} ist kein Ordner.</translation>
    </message>
    <message>
        <source>{own} and {other} at {site_label}</source>
        <translation>{own} und {other} bei {site_label}</translation>
    </message>
    <message>
        <source>{own}, layer {column}
{other}, layer {row}
{symbol} = {score}</source>
        <translation>{own}, Schicht {column}
{other}, Schicht {row}
{symbol} = {score}</translation>
    </message>
    <message>
        <source>{pair_label} of {n} model</source>
        <translation>{pair_label} von {n} Modell</translation>
    </message>
    <message>
        <source>{pair_label} of {n} models</source>
        <translation>{pair_label} von {n} Modellen</translation>
    </message>
    <message>
        <source>{pair_label}, layer {layers}</source>
        <translation>{pair_label}, Schicht {layers}</translation>
    </message>
    <message>
        <source>{path} cannot be opened: {strerror}.</source>
        <translation>{path} lässt sich nicht öffnen: {strerror}.</translation>
    </message>
    <message>
        <source>{path} cannot be read: {strerror}.</source>
        <translation>{path} lässt sich nicht lesen: {strerror}.</translation>
    </message>
    <message>
        <source>{path} could not be saved: there is not enough memory.</source>
        <translation>{path} ließ sich nicht speichern: Der Speicher reicht nicht.</translation>
    </message>
    <message>
        <source>{path} could not be saved: {reason}.</source>
        <translation>{path} ließ sich nicht speichern: {reason}.</translation>
    </message>
    <message>
        <source>{path} is larger than {most_bytes} MB.</source>
        <translation>{path} ist größer als {most_bytes} MB.</translation>
    </message>
    <message>
        <source>{path} is not a file.</source>
        <translation>{path} ist keine Datei.</translation>
    </message>
    <message>
        <source>{path} is not a model: it is neither a folder nor a .gguf file.</source>
        <translation>{path} ist kein Modell: weder ein Ordner noch eine .gguf-Datei.</translation>
    </message>
    <message>
        <source>{path} is too large to be a list of chains.</source>
        <translation>{path} ist zu groß für eine Liste von Ketten.</translation>
    </message>
    <message>
        <source>{path} was written by a newer version of Laminoscope.</source>
        <translation>{path} wurde von einer neueren Version von Laminoscope geschrieben.</translation>
    </message>
    <message>
        <source>{place} is not a folder, and activations need one of that name.</source>
        <translation>{place} ist kein Ordner, und Aktivierungen brauchen einen dieses Namens.</translation>
    </message>
    <message>
        <source>{prompt} + {path} tokens{ended}</source>
        <translation>{prompt} + {path} Tokens{ended}</translation>
    </message>
    <message>
        <source>{quantity} of the likeliest token</source>
        <translation>{quantity} des wahrscheinlichsten Tokens</translation>
    </message>
    <message>
        <source>{quantity} of {shown_target}</source>
        <translation>{quantity} von {shown_target}</translation>
    </message>
    <message>
        <source>{raw} → {final} candidate</source>
        <translation>{raw} → {final} Kandidat</translation>
    </message>
    <message>
        <source>{raw} → {final} candidates</source>
        <translation>{raw} → {final} Kandidaten</translation>
    </message>
    <message>
        <source>{reason}, only the best</source>
        <translation>{reason}, nur das beste</translation>
    </message>
    <message>
        <source>{repository} could not be fetched ({name}: {first}).</source>
        <translation>{repository} ließ sich nicht holen ({name}: {first}).</translation>
    </message>
    <message>
        <source>{repository} has no revision {revision}.</source>
        <translation>{repository} hat keine Revision {revision}.</translation>
    </message>
    <message>
        <source>{repository} is gated: its owner asks people to accept terms first.</source>
        <translation>{repository} ist zugangsbeschränkt: Der Besitzer verlangt, zuerst Bedingungen anzunehmen.</translation>
    </message>
    <message>
        <source>{repository} is not a valid hub id: {error}</source>
        <translation>{repository} ist keine gültige Hub-Kennung: {error}</translation>
    </message>
    <message>
        <source>{repository} is not on this computer, and the hub cannot be reached.</source>
        <translation>{repository} ist nicht auf diesem Computer, und der Hub ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>{said}: to the model they are one.</source>
        <translation>{said}: Für das Modell sind sie eines.</translation>
    </message>
    <message>
        <source>{sampler}: {name} must be a list of whole texts, or a list of lists of token ids (0 or more), none of them empty, not {value}.</source>
        <translation>{sampler}: {name} muss eine Liste ganzer Texte oder eine Liste von Listen von Token-IDs (ab 0) sein, keine davon leer, nicht {value}.</translation>
    </message>
    <message>
        <source>{sampler}: {name} must be a whole text of at most {longest_text} characters, not {value}.</source>
        <translation>{sampler}: {name} muss ein ganzer Text von höchstens {longest_text} Zeichen sein, nicht {value}.</translation>
    </message>
    <message>
        <source>{sampler}: {name} must be {kind} from {minimum} to {maximum}, not {value}.</source>
        <translation>{sampler}: {name} muss {kind} von {minimum} bis {maximum} sein, nicht {value}.</translation>
    </message>
    <message>
        <source>{scales}, n = {counts} + {counts2} pairs</source>
        <translation>{scales}, n = {counts} + {counts2} Paare</translation>
    </message>
    <message>
        <source>{short_word} is {n_tokens} token in {title}</source>
        <translation>{short_word} ist {n_tokens} Token in {title}</translation>
    </message>
    <message>
        <source>{short_word} is {n_tokens} tokens in {title}</source>
        <translation>{short_word} ist {n_tokens} Tokens in {title}</translation>
    </message>
    <message>
        <source>{shown}  p = {p}, rank {rank}</source>
        <translation>{shown}  p = {p}, Rang {rank}</translation>
    </message>
    <message>
        <source>{shown} cannot be read as a word list.{where} {reason}</source>
        <translation>{shown} lässt sich nicht als Wortliste lesen.{where} {reason}</translation>
    </message>
    <message>
        <source>{shown} is not valid: experiment: there is no file {beside}.</source>
        <translation>{shown} ist nicht gültig: experiment: Es gibt keine Datei {beside}.</translation>
    </message>
    <message>
        <source>{shown} is not valid: {what}.</source>
        <translation>{shown} ist nicht gültig: {what}.</translation>
    </message>
    <message>
        <source>{shown} is not valid: {where}: {message}</source>
        <translation>{shown} ist nicht gültig: {where}: {message}</translation>
    </message>
    <message>
        <source>{shown}, n = {n} token</source>
        <translation>{shown}, n = {n} Token</translation>
    </message>
    <message>
        <source>{shown}, n = {n} tokens</source>
        <translation>{shown}, n = {n} Tokens</translation>
    </message>
    <message>
        <source>{shown}: cut by {remover} of {names}</source>
        <translation>{shown}: entfernt von {remover} in {names}</translation>
    </message>
    <message>
        <source>{shown}: p = {p} after {names}, rank {rank}</source>
        <translation>{shown}: p = {p} nach {names}, Rang {rank}</translation>
    </message>
    <message>
        <source>{shown}: p = {value} after {names}</source>
        <translation>{shown}: p = {value} nach {names}</translation>
    </message>
    <message>
        <source>{shown}: removed by {names}</source>
        <translation>{shown}: von {names} entfernt</translation>
    </message>
    <message>
        <source>{shown}; layer {layer} is not there yet</source>
        <translation>{shown}; Schicht {layer} ist noch nicht da</translation>
    </message>
    <message>
        <source>{sign_name} divide it into {cells} columns, the first line into {usual}.</source>
        <translation>{sign_name} teilen sie in {cells} Spalten, die erste Zeile in {usual}.</translation>
    </message>
    <message>
        <source>{site_label} holds values that are not finite, first in layer {broken}</source>
        <translation>{site_label} enthält Werte, die nicht endlich sind, zuerst in Schicht {broken}</translation>
    </message>
    <message>
        <source>{site_label} or {site_label2} is the same for all words</source>
        <translation>{site_label} oder {site_label2} ist für alle Wörter gleich</translation>
    </message>
    <message>
        <source>{site_label}, layer {layers}, {method}</source>
        <translation>{site_label}, Schicht {layers}, {method}</translation>
    </message>
    <message>
        <source>{site} cannot be captured</source>
        <translation>{site} lässt sich nicht aufzeichnen</translation>
    </message>
    <message>
        <source>{site} cannot be captured in layer {layer}: {missing}.</source>
        <translation>{site} lässt sich in Schicht {layer} nicht aufzeichnen: {missing}.</translation>
    </message>
    <message>
        <source>{site} cannot be captured: {missing}</source>
        <translation>{site} lässt sich nicht aufzeichnen: {missing}</translation>
    </message>
    <message>
        <source>{site} has no layers.</source>
        <translation>{site} hat keine Schichten.</translation>
    </message>
    <message>
        <source>{site} holds values that are not finite, first at token</source>
        <translation>{site} enthält Werte, die nicht endlich sind, zuerst bei Token</translation>
    </message>
    <message>
        <source>{site} is not finite</source>
        <translation>{site} ist nicht endlich</translation>
    </message>
    <message>
        <source>{site} is of pairs of tokens and not kept.</source>
        <translation>{site} gehört zu Paaren von Tokens und wird nicht behalten.</translation>
    </message>
    <message>
        <source>{site} is zero and has no logarithm</source>
        <translation>{site} ist null und hat keinen Logarithmus</translation>
    </message>
    <message>
        <source>{site} layer {row} – {other_site} layer {column}
{symbol} = {said}</source>
        <translation>{site} Schicht {row} – {other_site} Schicht {column}
{symbol} = {said}</translation>
    </message>
    <message>
        <source>{site} needs {name}</source>
        <translation>{site} braucht {name}</translation>
    </message>
    <message>
        <source>{site} of token {values} is zero and has no logarithm</source>
        <translation>{site} von Token {values} ist null und hat keinen Logarithmus</translation>
    </message>
    <message>
        <source>{site} undefined</source>
        <translation>{site} undefiniert</translation>
    </message>
    <message>
        <source>{site} was not captured.</source>
        <translation>{site} wurde nicht aufgezeichnet.</translation>
    </message>
    <message>
        <source>{size} candidate</source>
        <translation>{size} Kandidat</translation>
    </message>
    <message>
        <source>{size} candidate, no more than k = {k}</source>
        <translation>{size} Kandidat, nicht mehr als k = {k}</translation>
    </message>
    <message>
        <source>{size} candidates, no more than k = {k}</source>
        <translation>{size} Kandidaten, nicht mehr als k = {k}</translation>
    </message>
    <message>
        <source>{size} head, n = {n} token</source>
        <translation>{size} Kopf, n = {n} Token</translation>
    </message>
    <message>
        <source>{size} head, n = {n} tokens</source>
        <translation>{size} Kopf, n = {n} Tokens</translation>
    </message>
    <message>
        <source>{size} heads, n = {n} token</source>
        <translation>{size} Köpfe, n = {n} Token</translation>
    </message>
    <message>
        <source>{size} heads, n = {n} tokens</source>
        <translation>{size} Köpfe, n = {n} Tokens</translation>
    </message>
    <message>
        <source>{size} of the last {window} tokens' kinds change, most {old} → {new}, seen {counts}×</source>
        <translation>Tokens der letzten {window}: {size} ändern sich, am meisten {old} → {new}, {counts}× gesehen</translation>
    </message>
    <message>
        <source>{size} of {texts}</source>
        <translation>{size} von {texts}</translation>
    </message>
    <message>
        <source>{slope} with each token</source>
        <translation>{slope} mit jedem Token</translation>
    </message>
    <message>
        <source>{source} is the model of the experiment itself</source>
        <translation>{source} ist das Modell des Experiments selbst</translation>
    </message>
    <message>
        <source>{source} takes {weights} beside the open model; {device} has {budget} free.</source>
        <translation>{source} braucht {weights} neben dem offenen Modell; auf {device} sind {budget} frei.</translation>
    </message>
    <message>
        <source>{sums} and the members differ</source>
        <translation>{sums} und die Mitglieder passen nicht zusammen</translation>
    </message>
    <message>
        <source>{sums} is not a list of checksums</source>
        <translation>{sums} ist keine Liste von Prüfsummen</translation>
    </message>
    <message>
        <source>{sums} is too long</source>
        <translation>{sums} ist zu lang</translation>
    </message>
    <message>
        <source>{sum}, remainder {rest} · {said}</source>
        <translation>{sum}, Rest {rest} · {said}</translation>
    </message>
    <message>
        <source>{symbol} = {value}, n = {first} pair</source>
        <translation>{symbol} = {value}, n = {first} Paar</translation>
    </message>
    <message>
        <source>{symbol} = {value}, n = {first} pairs</source>
        <translation>{symbol} = {value}, n = {first} Paare</translation>
    </message>
    <message>
        <source>{taking} from {donor} {names}
{label} {values}</source>
        <translation>{taking} von {donor} {names}
{label} {values}</translation>
    </message>
    <message>
        <source>{target} is itself in the cache.</source>
        <translation>{target} liegt selbst im Cache.</translation>
    </message>
    <message>
        <source>{target} {names} takes</source>
        <translation>{target} {names} nimmt</translation>
    </message>
    <message>
        <source>{target} {names} takes from {donor} {names2}</source>
        <translation>{target} {names} nimmt von {donor} {names2}</translation>
    </message>
    <message>
        <source>{texts} further texts are given; {most_texts} are the most</source>
        <translation>es sind {texts} weitere Texte; höchstens {most_texts} sind möglich</translation>
    </message>
    <message>
        <source>{text}
residual {residual}</source>
        <translation>{text}
Residuum {residual}</translation>
    </message>
    <message>
        <source>{text}
within − across {difference}, {said}</source>
        <translation>{text}
innerhalb − zwischen {difference}, {said}</translation>
    </message>
    <message>
        <source>{text} ({count} cell).</source>
        <translation>{text} ({count} Zelle).</translation>
    </message>
    <message>
        <source>{text} ({count} cells).</source>
        <translation>{text} ({count} Zellen).</translation>
    </message>
    <message>
        <source>{text} is not a model that can be opened.</source>
        <translation>{text} ist kein Modell, das geöffnet werden kann.</translation>
    </message>
    <message>
        <source>{text} is not an address of the hub.</source>
        <translation>{text} ist keine Adresse des Hubs.</translation>
    </message>
    <message>
        <source>{text} is not the address of a model.</source>
        <translation>{text} ist nicht die Adresse eines Modells.</translation>
    </message>
    <message>
        <source>{text}, band {ends}</source>
        <translation>{text}, Band {ends}</translation>
    </message>
    <message>
        <source>{text}, before {before}</source>
        <translation>{text}, vorher {before}</translation>
    </message>
    <message>
        <source>{text}, p of the change {p}, q {q}</source>
        <translation>{text}, p der Änderung {p}, q {q}</translation>
    </message>
    <message>
        <source>{things} per bin</source>
        <translation>{things} je Klasse</translation>
    </message>
    <message>
        <source>{this_chain} is what the chain in force is called; chain {number} needs another name</source>
        <translation>{this_chain} heißt die Kette, die gerade gilt; Kette {number} braucht einen anderen Namen</translation>
    </message>
    <message>
        <source>{titles} and {titles2}</source>
        <translation>{titles} und {titles2}</translation>
    </message>
    <message>
        <source>{titles} and {titles2}, layers of the same relative depth</source>
        <translation>{titles} und {titles2}, Schichten derselben relativen Tiefe</translation>
    </message>
    <message>
        <source>{titles} and {titles2}, {n_words} word</source>
        <translation>{titles} und {titles2}, {n_words} Wort</translation>
    </message>
    <message>
        <source>{titles} and {titles2}, {n_words} words</source>
        <translation>{titles} und {titles2}, {n_words} Wörter</translation>
    </message>
    <message>
        <source>{title} cannot be opened</source>
        <translation>{title} lässt sich nicht öffnen</translation>
    </message>
    <message>
        <source>{title} cannot be opened: {error}</source>
        <translation>{title} lässt sich nicht öffnen: {error}</translation>
    </message>
    <message>
        <source>{title} cannot read this: {error}.</source>
        <translation>{title} kann das nicht lesen: {error}.</translation>
    </message>
    <message>
        <source>{title} could not be fetched. pip says: {said}</source>
        <translation>{title} ließ sich nicht holen. pip sagt: {said}</translation>
    </message>
    <message>
        <source>{title} could not be fetched: the package index cannot be reached.</source>
        <translation>{title} ließ sich nicht holen: Der Paketindex ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>{title} could not be fetched: the package index has no {packages} {version}.</source>
        <translation>{title} ließ sich nicht holen: Der Paketindex hat kein {packages} {version}.</translation>
    </message>
    <message>
        <source>{title} has no chat template.</source>
        <translation>{title} hat keine Chat-Vorlage.</translation>
    </message>
    <message>
        <source>{title} has no tokenizer, so texts are no tokens.</source>
        <translation>{title} hat keinen Tokenizer, also sind Texte keine Tokens.</translation>
    </message>
    <message>
        <source>{title} has no tokenizer.</source>
        <translation>{title} hat keinen Tokenizer.</translation>
    </message>
    <message>
        <source>{title} has quantised weights, which its configuration does not say: its files hold {names}.</source>
        <translation>{title} hat quantisierte Gewichte, wovon die Konfiguration nichts sagt: Die Dateien enthalten {names}.</translation>
    </message>
    <message>
        <source>{title} has the model type {kind}, which transformers does not know as a causal language model.</source>
        <translation>{title} hat den Modelltyp {kind}, den transformers nicht als kausales Sprachmodell kennt.</translation>
    </message>
    <message>
        <source>{title} holds {strange} tensors of the type {kind}, the first is {strange2}, and its configuration does not say how they are quantised.</source>
        <translation>{title} enthält {strange} Tensoren vom Typ {kind}, der erste ist {strange2}, und die Konfiguration sagt nicht, wie sie quantisiert sind.</translation>
    </message>
    <message>
        <source>{title} in {precision}</source>
        <translation>{title} in {precision}</translation>
    </message>
    <message>
        <source>{title} in {precision} takes {needed} and {place} has {free_on} free.</source>
        <translation>{title} in {precision} braucht {needed}, und auf {place} sind {free_on} frei.</translation>
    </message>
    <message>
        <source>{title} is not on this computer, and there is no pip to fetch it with.</source>
        <translation>{title} ist nicht auf diesem Computer, und es gibt kein pip, um es zu holen.</translation>
    </message>
    <message>
        <source>{title} is not the expected file: its SHA-256 or its size differ from the catalog's. It was not kept.</source>
        <translation>{title} ist nicht die erwartete Datei: SHA-256 oder Größe weichen vom Katalog ab. Sie wurde nicht behalten.</translation>
    </message>
    <message>
        <source>{title} is open</source>
        <translation>{title} ist offen</translation>
    </message>
    <message>
        <source>{title} lies in no cache, so that nothing is deleted.</source>
        <translation>{title} liegt in keinem Cache; darum wird nichts gelöscht.</translation>
    </message>
    <message>
        <source>{title} was tried in a process of its own, which {said}.</source>
        <translation>{title} wurde in einem eigenen Prozess geprüft; dieser {said}.</translation>
    </message>
    <message>
        <source>{title}, altered</source>
        <translation>{title}, verändert</translation>
    </message>
    <message>
        <source>{title}, difference</source>
        <translation>{title}, Unterschied</translation>
    </message>
    <message>
        <source>{title}, layer {layers}</source>
        <translation>{title}, Schicht {layers}</translation>
    </message>
    <message>
        <source>{title}, {weight} %, taken</source>
        <translation>{title}, {weight} %, genommen</translation>
    </message>
    <message>
        <source>{token_text}  layer {layer}  {found}</source>
        <translation>{token_text}  Schicht {layer}  {found}</translation>
    </message>
    <message>
        <source>{token_text}  log norm {value}</source>
        <translation>{token_text}  Log-Norm {value}</translation>
    </message>
    <message>
        <source>{tokens} would continue a repetition, at most of {lengths} token: − {multiplier} × {base}^{exponents} = {amounts}</source>
        <translation>{tokens} würde eine Wiederholung fortsetzen, höchstens von {lengths} Token: − {multiplier} × {base}^{exponents} = {amounts}</translation>
    </message>
    <message>
        <source>{tokens} would continue a repetition, at most of {lengths} tokens: − {multiplier} × {base}^{exponents} = {amounts}</source>
        <translation>{tokens} würde eine Wiederholung fortsetzen, höchstens von {lengths} Tokens: − {multiplier} × {base}^{exponents} = {amounts}</translation>
    </message>
    <message>
        <source>{token}  z {z}, normal score {scores}</source>
        <translation>{token}  z {z}, Normalwert {scores}</translation>
    </message>
    <message>
        <source>{token}  {read}  layer {layer}  effect {values}</source>
        <translation>{token}  {read}  Schicht {layer}  Wirkung {values}</translation>
    </message>
    <message>
        <source>{token} after {end}</source>
        <translation>{token} nach {end}</translation>
    </message>
    <message>
        <source>{token}: {p}, rank {rank}, after {repeats}</source>
        <translation>{token}: {p}, Rang {rank}, nach {repeats}</translation>
    </message>
    <message>
        <source>{top_h_pool} candidates at most</source>
        <translation>höchstens {top_h_pool} Kandidaten</translation>
    </message>
    <message>
        <source>{total} values of {name} cannot be laid out in heads of {width}</source>
        <translation>{total} Werte von {name} lassen sich nicht in Köpfe von {width} legen</translation>
    </message>
    <message>
        <source>{vectors}, layer {depth}, {where}</source>
        <translation>{vectors}, Schicht {depth}, {where}</translation>
    </message>
    <message>
        <source>{watch} tokens are watched; {most_watched} are the most</source>
        <translation>{watch} Tokens werden verfolgt; höchstens {most_watched} sind möglich</translation>
    </message>
    <message>
        <source>{what} has {length} bytes, more than {limit}</source>
        <translation>{what} hat {length} Byte, mehr als {limit}</translation>
    </message>
    <message>
        <source>{what} is an array of arrays</source>
        <translation>{what} ist ein Array von Arrays</translation>
    </message>
    <message>
        <source>{what} is an array of the unknown type {kind}</source>
        <translation>{what} ist ein Array vom unbekannten Typ {kind}</translation>
    </message>
    <message>
        <source>{what} is not UTF-8 text</source>
        <translation>{what} ist kein UTF-8-Text</translation>
    </message>
    <message>
        <source>{what} takes {needed} of memory and {free} are free.</source>
        <translation>{what} braucht {needed} Speicher, und {free} sind frei.</translation>
    </message>
    <message>
        <source>{what}: {names} tensor ({names2})</source>
        <translation>{what}: {names} Tensor ({names2})</translation>
    </message>
    <message>
        <source>{what}: {names} tensor ({names2}, …)</source>
        <translation>{what}: {names} Tensor ({names2}, …)</translation>
    </message>
    <message>
        <source>{what}: {names} tensors ({names2})</source>
        <translation>{what}: {names} Tensoren ({names2})</translation>
    </message>
    <message>
        <source>{what}: {names} tensors ({names2}, …)</source>
        <translation>{what}: {names} Tensoren ({names2}, …)</translation>
    </message>
    <message>
        <source>{where} (the embedding has no layers)</source>
        <translation>{where} (das Embedding hat keine Schichten)</translation>
    </message>
    <message>
        <source>{where} cannot be saved: it has more values than a session can have.</source>
        <translation>{where} lässt sich nicht speichern: Es hat mehr Werte, als eine Sitzung haben kann.</translation>
    </message>
    <message>
        <source>{where} cannot be saved: {what_is_wrong}.</source>
        <translation>{where} kann nicht gesichert werden: {what_is_wrong}.</translation>
    </message>
    <message>
        <source>{where} does not follow its parent.</source>
        <translation>{where} folgt nicht auf seinen Vorgänger.</translation>
    </message>
    <message>
        <source>{where} does not have all layers of the model.</source>
        <translation>{where} hat nicht alle Schichten des Modells.</translation>
    </message>
    <message>
        <source>{where} does not have every pair of models.</source>
        <translation>{where} hat nicht jedes Paar von Modellen.</translation>
    </message>
    <message>
        <source>{where} does not have its layers and curves.</source>
        <translation>{where} hat nicht seine Schichten und Kurven.</translation>
    </message>
    <message>
        <source>{where} does not have its sites.</source>
        <translation>{where} hat nicht seine Stellen.</translation>
    </message>
    <message>
        <source>{where} does not have the embeddings of all models.</source>
        <translation>{where} hat nicht die Embeddings aller Modelle.</translation>
    </message>
    <message>
        <source>{where} does not have the layers and words of its models.</source>
        <translation>{where} hat nicht die Schichten und Wörter seiner Modelle.</translation>
    </message>
    <message>
        <source>{where} does not have the length that it says.</source>
        <translation>{where} hat nicht die Länge, die es nennt.</translation>
    </message>
    <message>
        <source>{where} does not have the same heads of {site} everywhere.</source>
        <translation>{where} hat nicht überall dieselben Köpfe von {site}.</translation>
    </message>
    <message>
        <source>{where} does not have the shape {shape}.</source>
        <translation>{where} hat nicht die Form {shape}.</translation>
    </message>
    <message>
        <source>{where} does not have the similarities of each model.</source>
        <translation>{where} hat nicht die Ähnlichkeiten jedes Modells.</translation>
    </message>
    <message>
        <source>{where} has a field {unknown} that is not known.</source>
        <translation>{where} hat ein unbekanntes Feld {unknown}.</translation>
    </message>
    <message>
        <source>{where} has a mean over too few models, or none.</source>
        <translation>{where} hat ein Mittel über zu wenige Modelle oder keines.</translation>
    </message>
    <message>
        <source>{where} has a model with neither words nor a reason, or both.</source>
        <translation>{where} hat ein Modell mit weder Wörtern noch einem Grund, oder mit beidem.</translation>
    </message>
    <message>
        <source>{where} has a token twice.</source>
        <translation>{where} hat ein Token zweimal.</translation>
    </message>
    <message>
        <source>{where} has more heads of {site} than query heads.</source>
        <translation>{where} hat mehr Köpfe von {site} als Query-Köpfe.</translation>
    </message>
    <message>
        <source>{where} has more values than a session can have.</source>
        <translation>{where} hat mehr Werte, als eine Sitzung haben kann.</translation>
    </message>
    <message>
        <source>{where} has no config.json.</source>
        <translation>{where} hat keine config.json.</translation>
    </message>
    <message>
        <source>{where} has no safetensors weights, only GGUF files such as {ggufs}.</source>
        <translation>{where} hat keine safetensors-Gewichte, nur GGUF-Dateien wie {ggufs}.</translation>
    </message>
    <message>
        <source>{where} has no safetensors weights.</source>
        <translation>{where} hat keine safetensors-Gewichte.</translation>
    </message>
    <message>
        <source>{where} has no scores, or a mean over one carrier sentence.</source>
        <translation>{where} hat keine Werte oder ein Mittel über einen Trägersatz.</translation>
    </message>
    <message>
        <source>{where} has no valid shape.</source>
        <translation>{where} hat keine gültige Form.</translation>
    </message>
    <message>
        <source>{where} has no {missing}.</source>
        <translation>{where} hat kein {missing}.</translation>
    </message>
    <message>
        <source>{where} has only pickled weights ({pickled}), which can run code when they are opened; they are never read.</source>
        <translation>{where} hat nur Pickle-Gewichte ({pickled}), die beim Öffnen Code ausführen können; sie werden nie gelesen.</translation>
    </message>
    <message>
        <source>{where} has quantised weights, which are read from GGUF files only.</source>
        <translation>{where} hat quantisierte Gewichte, die nur aus GGUF-Dateien gelesen werden.</translation>
    </message>
    <message>
        <source>{where} has sizes that no model has.</source>
        <translation>{where} hat Größen, die kein Modell hat.</translation>
    </message>
    <message>
        <source>{where} has tokens that are not in the vocabulary.</source>
        <translation>{where} hat Tokens, die nicht im Vokabular sind.</translation>
    </message>
    <message>
        <source>{where} has {data} entries, not {arguments}.</source>
        <translation>{where} hat {data} Einträge, nicht {arguments}.</translation>
    </message>
    <message>
        <source>{where} has {length} entries along {axis}, not {expected}.</source>
        <translation>{where} hat {length} Einträge entlang {axis}, nicht {expected}.</translation>
    </message>
    <message>
        <source>{where} has {shape} axes, not {named}.</source>
        <translation>{where} hat {shape} Achsen, nicht {named}.</translation>
    </message>
    <message>
        <source>{where} holds an adapter ({adapters}) beside the model: with it the model computes other numbers, and which are meant cannot be told.</source>
        <translation>{where} enthält neben dem Modell einen Adapter ({adapters}): Mit ihm rechnet das Modell andere Zahlen, und welche gemeint sind, ist nicht zu erkennen.</translation>
    </message>
    <message>
        <source>{where} holds an adapter, not a model.</source>
        <translation>{where} enthält einen Adapter, kein Modell.</translation>
    </message>
    <message>
        <source>{where} holds {dtype}, not {dtype2}.</source>
        <translation>{where} enthält {dtype}, nicht {dtype2}.</translation>
    </message>
    <message>
        <source>{where} is a mean over one carrier sentence.</source>
        <translation>{where} ist ein Mittel über einen Trägersatz.</translation>
    </message>
    <message>
        <source>{where} is a {name}, which sessions cannot hold.</source>
        <translation>{where} ist {name}, was keine Sitzung enthalten kann.</translation>
    </message>
    <message>
        <source>{where} is missing.</source>
        <translation>{where} fehlt.</translation>
    </message>
    <message>
        <source>{where} is neither a prompt nor a token after one.</source>
        <translation>{where} ist weder ein Prompt noch ein Token danach.</translation>
    </message>
    <message>
        <source>{where} is nested too deeply.</source>
        <translation>{where} ist zu tief verschachtelt.</translation>
    </message>
    <message>
        <source>{where} is none of {arguments}.</source>
        <translation>{where} ist nichts von {arguments}.</translation>
    </message>
    <message>
        <source>{where} is not a chain: a stage received what none had left.</source>
        <translation>{where} ist keine Kette: Eine Stufe bekam, was keine übrig ließ.</translation>
    </message>
    <message>
        <source>{where} is not a list of texts.</source>
        <translation>{where} ist keine Liste von Texten.</translation>
    </message>
    <message>
        <source>{where} is not a list.</source>
        <translation>{where} ist keine Liste.</translation>
    </message>
    <message>
        <source>{where} is not a set of named values.</source>
        <translation>{where} ist keine Menge benannter Werte.</translation>
    </message>
    <message>
        <source>{where} is not an array of plain numbers.</source>
        <translation>{where} ist kein Array einfacher Zahlen.</translation>
    </message>
    <message>
        <source>{where} is not an array.</source>
        <translation>{where} ist kein Array.</translation>
    </message>
    <message>
        <source>{where} is not in the order of its logits.</source>
        <translation>{where} ist nicht nach seinen Logits geordnet.</translation>
    </message>
    <message>
        <source>{where} is not of the kind {getattr}.</source>
        <translation>{where} ist nicht von der Art {getattr}.</translation>
    </message>
    <message>
        <source>{where} is not the array that it refers to.</source>
        <translation>{where} ist nicht das Array, auf das es verweist.</translation>
    </message>
    <message>
        <source>{where} is not the array that it says.</source>
        <translation>{where} ist nicht das Array, das es nennt.</translation>
    </message>
    <message>
        <source>{where} is not valid.</source>
        <translation>{where} ist nicht gültig.</translation>
    </message>
    <message>
        <source>{where} is not valid: {error}.</source>
        <translation>{where} ist nicht gültig: {error}.</translation>
    </message>
    <message>
        <source>{where} is not valid: {what_is_wrong}.</source>
        <translation>{where} ist nicht gültig: {what_is_wrong}.</translation>
    </message>
    <message>
        <source>{where} is of other words than its embedding.</source>
        <translation>{where} ist von anderen Wörtern als sein Embedding.</translation>
    </message>
    <message>
        <source>{where} is too large.</source>
        <translation>{where} ist zu groß.</translation>
    </message>
    <message>
        <source>{where} is {what} (model type {kind}), not a causal language model.</source>
        <translation>{where} ist {what} (Modelltyp {kind}), kein kausales Sprachmodell.</translation>
    </message>
    <message>
        <source>{where} reaches {values} token</source>
        <translation>{where} reicht {values} Token weit</translation>
    </message>
    <message>
        <source>{where} reaches {values} tokens</source>
        <translation>{where} reicht {values} Tokens weit</translation>
    </message>
    <message>
        <source>{where} refers to nothing.</source>
        <translation>{where} verweist auf nichts.</translation>
    </message>
    <message>
        <source>{where} scores the words of a model with themselves.</source>
        <translation>{where} bewertet die Wörter eines Modells mit sich selbst.</translation>
    </message>
    <message>
        <source>{where}, after {read}</source>
        <translation>{where}, nach {read}</translation>
    </message>
    <message>
        <source>{where}, the depth of layer {layer} of {titles}</source>
        <translation>{where}, in der Tiefe von Schicht {layer} von {titles}</translation>
    </message>
    <message>
        <source>{where}.by_carrier is of other layers, sites or words.</source>
        <translation>{where}.by_carrier gehört zu anderen Schichten, Stellen oder Wörtern.</translation>
    </message>
    <message>
        <source>{where}.categories are not of its words.</source>
        <translation>{where}.categories sind nicht von seinen Wörtern.</translation>
    </message>
    <message>
        <source>{where}.contrast does not have the layers and pairs of sites.</source>
        <translation>{where}.contrast hat nicht die Schichten und Stellenpaare.</translation>
    </message>
    <message>
        <source>{where}.histograms do not have an edge more than bars.</source>
        <translation>{where}.histograms haben nicht einen Rand mehr als Säulen.</translation>
    </message>
    <message>
        <source>{where}.layers do not count from 0.</source>
        <translation>{where}.layers zählen nicht von 0.</translation>
    </message>
    <message>
        <source>{where}.models do not begin with the model of its layers.</source>
        <translation>{where}.models beginnen nicht mit dem Modell seiner Schichten.</translation>
    </message>
    <message>
        <source>{where}.models have other layers or words.</source>
        <translation>{where}.models haben andere Schichten oder Wörter.</translation>
    </message>
    <message>
        <source>{where}.observed does not have the layers and sites.</source>
        <translation>{where}.observed hat nicht diese Schichten und Stellen.</translation>
    </message>
    <message>
        <source>{where}.order does not have every word once.</source>
        <translation>{where}.order hat nicht jedes Wort einmal.</translation>
    </message>
    <message>
        <source>{where}.others are not of the same words.</source>
        <translation>{where}.others gehören nicht zu denselben Wörtern.</translation>
    </message>
    <message>
        <source>{where}.params do not fit its terms.</source>
        <translation>{where}.params passen nicht zu seinen Termen.</translation>
    </message>
    <message>
        <source>{where}.params do not fit its tokens and sites.</source>
        <translation>{where}.params passen nicht zu seinen Tokens und Stellen.</translation>
    </message>
    <message>
        <source>{where}.places are not in two dimensions.</source>
        <translation>{where}.places sind nicht in zwei Dimensionen.</translation>
    </message>
    <message>
        <source>{where}.predictors are not those of its params.</source>
        <translation>{where}.predictors sind nicht die seiner Parameter.</translation>
    </message>
    <message>
        <source>{where}.reading does not fit its layers, tokens and targets.</source>
        <translation>{where}.reading passt nicht zu seinen Schichten, Tokens und Zielen.</translation>
    </message>
    <message>
        <source>{where}.scores do not have the layers and pairs of sites.</source>
        <translation>{where}.scores haben nicht diese Schichten und Stellenpaare.</translation>
    </message>
    <message>
        <source>{where}.site_pairs are not all pairs of some sites.</source>
        <translation>{where}.site_pairs sind nicht alle Paare von Stellen.</translation>
    </message>
    <message>
        <source>{where}.site_pairs are not those of q, k and v.</source>
        <translation>{where}.site_pairs sind nicht die von q, k und v.</translation>
    </message>
    <message>
        <source>{where}.sites are not sites at which words are compared.</source>
        <translation>{where}.sites sind keine Stellen, an denen Wörter verglichen werden.</translation>
    </message>
    <message>
        <source>{where}.token_names lack a token.</source>
        <translation>{where}.token_names fehlt ein Token.</translation>
    </message>
    <message>
        <source>{where}.{field} does not have the keys in {labels}.</source>
        <translation>{where}.{field} hat nicht die Schlüssel in {labels}.</translation>
    </message>
    <message>
        <source>{where}.{field} is not {names}.</source>
        <translation>{where}.{field} ist nicht {names}.</translation>
    </message>
    <message>
        <source>{where}: {values} with each token</source>
        <translation>{where}: {values} mit jedem Token</translation>
    </message>
    <message>
        <source>{window} token of history, no more than {allowed_length}</source>
        <translation>{window} Token Vorgeschichte, nicht mehr als {allowed_length}</translation>
    </message>
    <message>
        <source>{window} tokens of history, no more than {allowed_length}</source>
        <translation>{window} Tokens Vorgeschichte, nicht mehr als {allowed_length}</translation>
    </message>
    <message>
        <source>{with_others}, layers of the same relative depth</source>
        <translation>{with_others}, Schichten derselben relativen Tiefe</translation>
    </message>
    <message>
        <source>{words} word</source>
        <translation>{words} Wort</translation>
    </message>
    <message>
        <source>{words} words</source>
        <translation>{words} Wörter</translation>
    </message>
    <message>
        <source>{words}, {words2} word</source>
        <translation>{words}, {words2} Wort</translation>
    </message>
    <message>
        <source>{words}, {words2} words</source>
        <translation>{words}, {words2} Wörter</translation>
    </message>
    <message>
        <source>{word} is not known</source>
        <translation>{word} ist nicht bekannt</translation>
    </message>
    <message>
        <source>{{word}} stands for each word; mean: of the scores in all sentences.</source>
        <translation>{{word}} steht für jedes Wort; mean: Mittel der Werte in allen Sätzen.</translation>
    </message>
    <message>
        <source>{{word}} stands for each word; mean: of the scores in all sentences; empty for a model that could not be read.</source>
        <translation>{{word}} steht für jedes Wort; mean: der Werte in allen Sätzen; leer für ein Modell, das nicht gelesen werden konnte.</translation>
    </message>
    <message>
        <source>× {scale}, another, now the best, goes from {before} to {now}</source>
        <translation>× {scale}, ein anderer, nun der beste, geht von {before} auf {now}</translation>
    </message>
    <message>
        <source>× {scale}, the best goes from {before} to {now}</source>
        <translation>× {scale}, der beste geht von {before} auf {now}</translation>
    </message>
    <message>
        <source>Σp² = {line}</source>
        <translation>Σp² = {line}</translation>
    </message>
    <message>
        <source>β (95 % interval{robust})</source>
        <translation>β (95-%-Intervall{robust})</translation>
    </message>
    <message>
        <source>β of lags</source>
        <translation>β früherer Tokens</translation>
    </message>
    <message>
        <source>β of {name}</source>
        <translation>β von {name}</translation>
    </message>
    <message>
        <source>μ = {mu}, s = {s} give k = {k}</source>
        <translation>μ = {mu}, s = {s} geben k = {k}</translation>
    </message>
    <message>
        <source>τ_a takes too long to be permuted; choose ρ_a, which orders results much alike</source>
        <translation>τ_a zu permutieren dauert zu lange; ρ_a ordnet Ergebnisse fast ebenso</translation>
    </message>
    <message>
        <source>“{first}” and “{other}” are two categories, which look alike.</source>
        <translation>„{first}“ und „{other}“ sind zwei Kategorien, die gleich aussehen.</translation>
    </message>
    <message>
        <source>“{name}” is the name of a built-in chain.</source>
        <translation>„{name}“ ist der Name einer eingebauten Kette.</translation>
    </message>
    <message>
        <source>“{shown}” is no token of this model; a stop token is exactly one.</source>
        <translation>„{shown}“ ist kein Token dieses Modells; ein Stopptoken ist genau eines.</translation>
    </message>
    <message>
        <source>“{shown}” is {n_tokens} tokens; a stop token is exactly one.</source>
        <translation>„{shown}“ sind {n_tokens} Tokens; ein Stopptoken ist genau eines.</translation>
    </message>
    <message>
        <source>“{text}”</source>
        <translation>„{text}“</translation>
    </message>
    <message>
        <source>“{twice}” stands in it twice, written with other characters.</source>
        <translation>„{twice}“ steht zweimal darin, mit anderen Zeichen geschrieben.</translation>
    </message>
    <message>
        <source>“{twice}” stands in it twice.</source>
        <translation>„{twice}“ steht zweimal darin.</translation>
    </message>
    <message>
        <source>“{word}” has no category; it counts as one of “{unnamed}”.</source>
        <translation>„{word}“ hat keine Kategorie; es zählt zu „{unnamed}“.</translation>
    </message>
    <message>
        <source>“{word}” has the tokens of “{rows}” in row {other}</source>
        <translation>„{word}“ hat die Tokens von „{rows}“ in Zeile {other}</translation>
    </message>
    <message>
        <source>“{word}” has {word2} characters; is it one word?</source>
        <translation>„{word}“ hat {word2} Zeichen; ist das ein Wort?</translation>
    </message>
    <message>
        <source>“{word}” holds {name}, which cannot be seen; the model reads it.</source>
        <translation>„{word}“ enthält {name}, was nicht zu sehen ist; das Modell liest es.</translation>
    </message>
    <message>
        <source>“{word}” stands in row {other} too; every word can stand only once.</source>
        <translation>„{word}“ steht auch in Zeile {other}; jedes Wort kann nur einmal stehen.</translation>
    </message>
    <message>
        <source>“{word}” {half}; no tokenizer can read it.</source>
        <translation>„{word}“ {half}; kein Tokenizer kann es lesen.</translation>
    </message>
    <message>
        <source>ℓ/(L − 1) of layer ℓ of L.</source>
        <translation>ℓ/(L − 1) der Schicht ℓ von L.</translation>
    </message>
    <message>
        <source>−1 at the edge.</source>
        <translation>−1 am Rand.</translation>
    </message>
    <message>
        <source>−1 for a mark that is not a token.</source>
        <translation>−1 bei einem Zeichen, das kein Token ist.</translation>
    </message>
    <message>
        <source>−1 for a model that could not be read.</source>
        <translation>−1 für ein Modell, das nicht gelesen werden konnte.</translation>
    </message>
    <message>
        <source>−1 for all of them together.</source>
        <translation>−1 für alle zusammen.</translation>
    </message>
    <message>
        <source>−1 for the model alone.</source>
        <translation>−1 für das Modell allein.</translation>
    </message>
    <message>
        <source>−1 for what is of no layer.</source>
        <translation>−1 für das, was zu keiner Schicht gehört.</translation>
    </message>
    <message>
        <source>−1 in the map of layers, whose heads are of no pair.</source>
        <translation>−1 in der Karte der Schichten, deren Köpfe zu keinem Paar gehören.</translation>
    </message>
    <message>
        <source>−Euclidean distance</source>
        <translation>−Euklidischer Abstand</translation>
    </message>
    <message>
        <source>−ln of the probability that the model gave the token before it.</source>
        <translation>−ln der Wahrscheinlichkeit, die das Modell dem Token davor gab.</translation>
    </message>
</context>
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
        <source> at token {which}</source>
        <translation> bei Token {which}</translation>
    </message>
    <message>
        <source> or </source>
        <translation> oder </translation>
    </message>
    <message>
        <source> seeds</source>
        <translation> Startwerten</translation>
    </message>
    <message>
        <source> tokens</source>
        <translation> Tokens</translation>
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
        <source>&amp;New in this version</source>
        <translation>&amp;Neu in dieser Version</translation>
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
        <source>&amp;Silence the selected head</source>
        <translation>Ausgewählten Kopf &amp;stilllegen</translation>
    </message>
    <message>
        <source>&amp;Start page</source>
        <translation>St&amp;artseite</translation>
    </message>
    <message>
        <source>&amp;Tours</source>
        <translation>&amp;Rundgänge</translation>
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
        <source>(empty)</source>
        <translation>(leer)</translation>
    </message>
    <message>
        <source>(nothing)</source>
        <translation>(nichts)</translation>
    </message>
    <message>
        <source>1.5 column</source>
        <translation>anderthalb Spalten</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>95-%-Intervall</translation>
    </message>
    <message>
        <source>A Python script that makes this figure again.</source>
        <translation>Ein Python-Skript, das diese Abbildung erneut erzeugt.</translation>
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
        <source>A folder of text files</source>
        <translation>Ein Ordner mit Textdateien</translation>
    </message>
    <message>
        <source>A folder of text files…</source>
        <translation>Ein Ordner mit Textdateien…</translation>
    </message>
    <message>
        <source>A model that reads the same little twice: does it say it a third time?</source>
        <translation>Ein Modell liest zweimal dasselbe Wenige: sagt es dies ein drittes Mal?</translation>
    </message>
    <message>
        <source>A new experiment.</source>
        <translation>Ein neues Experiment.</translation>
    </message>
    <message>
        <source>A number is written with a point, as 1234.5.</source>
        <translation>Eine Zahl wird mit Punkt geschrieben, wie 1234.5.</translation>
    </message>
    <message>
        <source>A paragraph, token by token</source>
        <translation>Ein Absatz, Token für Token</translation>
    </message>
    <message>
        <source>A second number, for a scatter.</source>
        <translation>Eine zweite Zahl, für ein Streudiagramm.</translation>
    </message>
    <message>
        <source>A session of {time} was not saved.</source>
        <translation>Eine Sitzung von {time} wurde nicht gespeichert.</translation>
    </message>
    <message>
        <source>A text of as many tokens, whose streams are put into the first one's blocks.</source>
        <translation>Ein Text von gleich vielen Tokens, dessen Ströme in die Blöcke des ersten gesetzt werden.</translation>
    </message>
    <message>
        <source>A token that ends the text, by its exact text or its id. Enter adds it. In quotation marks digits are a text: "7".</source>
        <translation>Ein Token, das den Text beendet, mit seinem genauen Text oder seiner ID. Die Eingabetaste fügt es hinzu. In Anführungszeichen sind Ziffern ein Text: "7".</translation>
    </message>
    <message>
        <source>A token to follow, by its exact text, with the space before it. Enter adds it.</source>
        <translation>Ein Token, das verfolgt wird, mit seinem genauen Text und dem Leerzeichen davor. Die Eingabetaste fügt es hinzu.</translation>
    </message>
    <message>
        <source>A white hare, layer by layer</source>
        <translation>Ein weißer Hase, Schicht für Schicht</translation>
    </message>
    <message>
        <source>About this &amp;example</source>
        <translation>Über dieses Beisp&amp;iel</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Add a carrier sentence</source>
        <translation>Einen Trägersatz hinzufügen</translation>
    </message>
    <message>
        <source>Add a copy of the last column, to change it.</source>
        <translation>Eine Kopie der letzten Spalte hinzufügen, um sie zu ändern.</translation>
    </message>
    <message>
        <source>Add a copy of this prompt, to compare with.</source>
        <translation>Eine Kopie dieses Prompts hinzufügen, um sie zu vergleichen.</translation>
    </message>
    <message>
        <source>Add a sampler at the end of the chain.</source>
        <translation>Einen Sampler am Ende der Kette hinzufügen.</translation>
    </message>
    <message>
        <source>Add a sentence: curves are means over all, and how well they agree is shown.</source>
        <translation>Einen Satz hinzufügen: Kurven sind Mittel über alle, und wie gut sie übereinstimmen, wird gezeigt.</translation>
    </message>
    <message>
        <source>Add a stop token</source>
        <translation>Stopptoken hinzufügen</translation>
    </message>
    <message>
        <source>Add carrier</source>
        <translation>Trägersatz hinzufügen</translation>
    </message>
    <message>
        <source>Add column</source>
        <translation>Spalte hinzufügen</translation>
    </message>
    <message>
        <source>Add prompt</source>
        <translation>Prompt hinzufügen</translation>
    </message>
    <message>
        <source>Add sampler</source>
        <translation>Sampler hinzufügen</translation>
    </message>
    <message>
        <source>Add stop token</source>
        <translation>Stopptoken hinzufügen</translation>
    </message>
    <message>
        <source>Add the words on the clipboard: CSV, cells of a spreadsheet, or one a line.</source>
        <translation>Die Wörter der Zwischenablage hinzufügen: CSV, Zellen einer Tabelle oder eines je Zeile.</translation>
    </message>
    <message>
        <source>Add to them</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Add word</source>
        <translation>Wort hinzufügen</translation>
    </message>
    <message>
        <source>Add word	Ins</source>
        <translation>Wort hinzufügen	Einfg</translation>
    </message>
    <message>
        <source>Add words below the selected one; Enter adds the next.</source>
        <translation>Wörter unter dem ausgewählten hinzufügen; die Eingabetaste fügt das nächste hinzu.</translation>
    </message>
    <message>
        <source>Add {n} text for the heads</source>
        <translation>{n} Text für die Köpfe hinzunehmen</translation>
    </message>
    <message>
        <source>Add {n} texts for the heads</source>
        <translation>{n} Texte für die Köpfe hinzunehmen</translation>
    </message>
    <message>
        <source>Add {n} word</source>
        <translation>{n} Wort hinzufügen</translation>
    </message>
    <message>
        <source>Add {n} words</source>
        <translation>{n} Wörter hinzufügen</translation>
    </message>
    <message>
        <source>Add {sampler}</source>
        <translation>{sampler} hinzufügen</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Nach</translation>
    </message>
    <message>
        <source>Against</source>
        <translation>Dagegen</translation>
    </message>
    <message>
        <source>All changes…</source>
        <translation>Alle Änderungen…</translation>
    </message>
    <message>
        <source>All heads side by side, or one query head with the K and V it reads.</source>
        <translation>Alle Köpfe nebeneinander oder ein Query-Kopf mit dem K und V, das er liest.</translation>
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
        <source>All tokens that may come next, best first, before and after the chain.</source>
        <translation>Alle Tokens, die folgen können, das beste zuerst, vor und nach der Kette.</translation>
    </message>
    <message>
        <source>Along</source>
        <translation>Entlang</translation>
    </message>
    <message>
        <source>Alte&amp;red model or model as it is</source>
        <translation>Ve&amp;rändertes oder unverändertes Modell</translation>
    </message>
    <message>
        <source>Alter</source>
        <translation>Verändern</translation>
    </message>
    <message>
        <source>Alter it no longer.</source>
        <translation>Es nicht länger verändern.</translation>
    </message>
    <message>
        <source>Alter the model</source>
        <translation>Modell verändern</translation>
    </message>
    <message>
        <source>Alter the selected layer or head, and see what that does on this page.</source>
        <translation>Die gewählte Schicht oder den Kopf verändern und auf dieser Seite sehen, was das bewirkt.</translation>
    </message>
    <message>
        <source>Alter the selected layer, head or token; what is shown is computed both ways.</source>
        <translation>Die gewählte Schicht, den Kopf oder das Token verändern; was gezeigt wird, wird auf beide Arten berechnet.</translation>
    </message>
    <message>
        <source>Alter {what}</source>
        <translation>{what} verändern</translation>
    </message>
    <message>
        <source>Alter {what} no longer</source>
        <translation>{what} nicht länger verändern</translation>
    </message>
    <message>
        <source>Altered in the text of Inside only: what is of its tokens, or put in there.</source>
        <translation>Nur im Text von „Innen“ verändert: was an dessen Tokens geschieht oder dort eingesetzt wird.</translation>
    </message>
    <message>
        <source>Altered model</source>
        <translation>Verändertes Modell</translation>
    </message>
    <message>
        <source>Altered: {what}</source>
        <translation>Verändert: {what}</translation>
    </message>
    <message>
        <source>An MLP without its residual</source>
        <translation>Ein MLP ohne seinen Rest</translation>
    </message>
    <message>
        <source>Another way…</source>
        <translation>Auf andere Weise…</translation>
    </message>
    <message>
        <source>Another window or program has written it. Write over it?</source>
        <translation>Ein anderes Fenster oder Programm hat sie geschrieben. Überschreiben?</translation>
    </message>
    <message>
        <source>Another…</source>
        <translation>Anderes…</translation>
    </message>
    <message>
        <source>Any whole number; the same seed chooses the same tokens.</source>
        <translation>Eine ganze Zahl; derselbe Startwert wählt dieselben Tokens.</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Erscheinungsbild</translation>
    </message>
    <message>
        <source>Are the words that are like a word those that come after it?</source>
        <translation>Sind die Wörter, die einem Wort gleichen, die, die ihm folgen?</translation>
    </message>
    <message>
        <source>Arrange the panels of this page as at the first start.</source>
        <translation>Die Ansichten dieser Seite wie beim ersten Start anordnen.</translation>
    </message>
    <message>
        <source>Arrow keys go from token to token, and say each.</source>
        <translation>Pfeiltasten gehen von Token zu Token und nennen jedes.</translation>
    </message>
    <message>
        <source>Arrow keys go from token to token; Enter opens what can be done at one.</source>
        <translation>Pfeiltasten gehen von Token zu Token; die Eingabetaste öffnet, was dort möglich ist.</translation>
    </message>
    <message>
        <source>As SVG, PDF or PNG.</source>
        <translation>Als SVG, PDF oder PNG.</translation>
    </message>
    <message>
        <source>As everywhere ({usual})</source>
        <translation>Wie überall ({usual})</translation>
    </message>
    <message>
        <source>As the altered model gives it.</source>
        <translation>Wie das veränderte Modell es ergibt.</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>Wie der Desktop</translation>
    </message>
    <message>
        <source>As the model gives it that is not altered.</source>
        <translation>Wie das unveränderte Modell es ergibt.</translation>
    </message>
    <message>
        <source>As the model reads it</source>
        <translation>Wie das Modell ihn liest</translation>
    </message>
    <message>
        <source>As the model reads it: {n} token</source>
        <translation>Wie das Modell ihn liest: {n} Token</translation>
    </message>
    <message>
        <source>As the model reads it: {n} tokens</source>
        <translation>Wie das Modell ihn liest: {n} Tokens</translation>
    </message>
    <message>
        <source>As the prompt has it</source>
        <translation>Wie beim Prompt</translation>
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
        <source>Ask the package index once whether there is a newer version.</source>
        <translation>Das Paketverzeichnis einmal fragen, ob es eine neuere Version gibt.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Back as it was</source>
        <translation>Wie vorher</translation>
    </message>
    <message>
        <source>Before p</source>
        <translation>p vorher</translation>
    </message>
    <message>
        <source>Begin CSV and TSV with a mark, so that Excel reads them as UTF-8.</source>
        <translation>CSV und TSV mit einer Byte-Reihenfolge-Marke beginnen, damit Excel sie als UTF-8 liest.</translation>
    </message>
    <message>
        <source>Begin an empty experiment on the model that is open.</source>
        <translation>Ein leeres Experiment mit dem geöffneten Modell beginnen.</translation>
    </message>
    <message>
        <source>Begin with a known chain; save this one, or open another.</source>
        <translation>Mit einer bekannten Kette beginnen, diese speichern oder eine andere öffnen.</translation>
    </message>
    <message>
        <source>Begins at</source>
        <translation>Beginn</translation>
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
        <source>Branches</source>
        <translation>Zweige</translation>
    </message>
    <message>
        <source>By category</source>
        <translation>Nach Kategorie</translation>
    </message>
    <message>
        <source>By what heads are alike.</source>
        <translation>Worin Köpfe sich gleichen.</translation>
    </message>
    <message>
        <source>By word</source>
        <translation>Nach Wort</translation>
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
        <source>Cancelled.</source>
        <translation>Abgebrochen.</translation>
    </message>
    <message>
        <source>Cancelled: {job}</source>
        <translation>Abgebrochen: {job}</translation>
    </message>
    <message>
        <source>Cancelled; what was shown stays.</source>
        <translation>Abgebrochen; das Gezeigte bleibt.</translation>
    </message>
    <message>
        <source>Candidates</source>
        <translation>Kandidaten</translation>
    </message>
    <message>
        <source>Candidates after the prompts</source>
        <translation>Kandidaten nach den Prompts</translation>
    </message>
    <message>
        <source>Candidates after the prompts, altered</source>
        <translation>Kandidaten nach den Prompts, verändert</translation>
    </message>
    <message>
        <source>Candidates left, and the probability that was removed.</source>
        <translation>Übrige Kandidaten und die Wahrscheinlichkeit, die entfernt wurde.</translation>
    </message>
    <message>
        <source>Cannot be opened</source>
        <translation>Nicht zu öffnen</translation>
    </message>
    <message>
        <source>Capture</source>
        <translation>Aufzeichnen</translation>
    </message>
    <message>
        <source>Capture text</source>
        <translation>Text aufzeichnen</translation>
    </message>
    <message>
        <source>Capture text, altered</source>
        <translation>Text aufzeichnen, verändert</translation>
    </message>
    <message>
        <source>Capture the changes</source>
        <translation>Änderungen aufzeichnen</translation>
    </message>
    <message>
        <source>Capture words</source>
        <translation>Wörter aufzeichnen</translation>
    </message>
    <message>
        <source>Capture words, altered</source>
        <translation>Wörter aufzeichnen, verändert</translation>
    </message>
    <message>
        <source>Carrier</source>
        <translation>Trägersatz</translation>
    </message>
    <message>
        <source>Carrier sentence {n}</source>
        <translation>Trägersatz {n}</translation>
    </message>
    <message>
        <source>Carrier sentence. One of several, or their mean.</source>
        <translation>Trägersatz. Einer von mehreren oder ihr Mittel.</translation>
    </message>
    <message>
        <source>Carrier sentence. Or their mean.</source>
        <translation>Trägersatz. Oder ihr Mittel.</translation>
    </message>
    <message>
        <source>Catalog name, Hugging Face id (owner/name), folder or .gguf file:</source>
        <translation>Name im Katalog, Hugging-Face-Kennung (besitzer/name), Ordner oder .gguf-Datei:</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>Kategorie</translation>
    </message>
    <message>
        <source>Category and word, one a row.</source>
        <translation>Kategorie und Wort, eines je Zeile.</translation>
    </message>
    <message>
        <source>Category and word, one a row; type to change, Delete removes, Alt and arrows move.</source>
        <translation>Kategorie und Wort, eines je Zeile; Tippen ändert, Entf entfernt, Alt und Pfeile verschieben.</translation>
    </message>
    <message>
        <source>Chain</source>
        <translation>Kette</translation>
    </message>
    <message>
        <source>Chain p</source>
        <translation>p danach</translation>
    </message>
    <message>
        <source>Chains</source>
        <translation>Ketten</translation>
    </message>
    <message>
        <source>Chains (*.json *.toml *.gguf)</source>
        <translation>Ketten (*.json *.toml *.gguf)</translation>
    </message>
    <message>
        <source>Chains (*.json)</source>
        <translation>Ketten (*.json)</translation>
    </message>
    <message>
        <source>Chains to measure</source>
        <translation>Zu messende Ketten</translation>
    </message>
    <message>
        <source>Chance at the layer</source>
        <translation>Zufall in der Schicht</translation>
    </message>
    <message>
        <source>Change carrier</source>
        <translation>Trägersatz ändern</translation>
    </message>
    <message>
        <source>Change category</source>
        <translation>Kategorie ändern</translation>
    </message>
    <message>
        <source>Change column {number}</source>
        <translation>Spalte {number} ändern</translation>
    </message>
    <message>
        <source>Change context token</source>
        <translation>Kontexttoken ändern</translation>
    </message>
    <message>
        <source>Change it: kind, factor, direction or tokens.</source>
        <translation>Ändern: Art, Faktor, Richtung oder Tokens.</translation>
    </message>
    <message>
        <source>Change pooling</source>
        <translation>Zusammenfassung ändern</translation>
    </message>
    <message>
        <source>Change prompts</source>
        <translation>Prompts ändern</translation>
    </message>
    <message>
        <source>Change seed</source>
        <translation>Startwert ändern</translation>
    </message>
    <message>
        <source>Change text</source>
        <translation>Text ändern</translation>
    </message>
    <message>
        <source>Change the intervention {text}</source>
        <translation>Den Eingriff {text} ändern</translation>
    </message>
    <message>
        <source>Change the token to follow</source>
        <translation>Das Token zum Verfolgen ändern</translation>
    </message>
    <message>
        <source>Change word</source>
        <translation>Wort ändern</translation>
    </message>
    <message>
        <source>Change words</source>
        <translation>Wörter ändern</translation>
    </message>
    <message>
        <source>Change {called}</source>
        <translation>{called} ändern</translation>
    </message>
    <message>
        <source>Change {name} of {sampler}</source>
        <translation>{sampler}: {name} ändern</translation>
    </message>
    <message>
        <source>Change {what}</source>
        <translation>{what} ändern</translation>
    </message>
    <message>
        <source>Chat template</source>
        <translation>Chat-Vorlage</translation>
    </message>
    <message>
        <source>Check for an &amp;update…</source>
        <translation>Nach einer ne&amp;uen Version sehen…</translation>
    </message>
    <message>
        <source>Check for an update</source>
        <translation>Nach einer neuen Version sehen</translation>
    </message>
    <message>
        <source>Checks of the regression, and the rows it was computed from.</source>
        <translation>Prüfungen der Regression und die Zeilen, aus denen sie berechnet wurde.</translation>
    </message>
    <message>
        <source>Choose a file instead.</source>
        <translation>Stattdessen eine Datei auswählen.</translation>
    </message>
    <message>
        <source>Choose a folder for the results</source>
        <translation>Ordner für die Ergebnisse wählen</translation>
    </message>
    <message>
        <source>Choose a sweep file</source>
        <translation>Datei einer Reihe wählen</translation>
    </message>
    <message>
        <source>Choose another place, or make room there.</source>
        <translation>Einen anderen Ort wählen oder dort Platz schaffen.</translation>
    </message>
    <message>
        <source>Choose chain</source>
        <translation>Kette wählen</translation>
    </message>
    <message>
        <source>Choose models</source>
        <translation>Modelle wählen</translation>
    </message>
    <message>
        <source>Choose models…</source>
        <translation>Modelle wählen…</translation>
    </message>
    <message>
        <source>Choose sites</source>
        <translation>Stellen wählen</translation>
    </message>
    <message>
        <source>Choose the model.</source>
        <translation>Das Modell wählen.</translation>
    </message>
    <message>
        <source>Choose the models that read the same words.</source>
        <translation>Die Modelle wählen, die dieselben Wörter lesen.</translation>
    </message>
    <message>
        <source>Choose {choice}</source>
        <translation>{choice} wählen</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Clear all</source>
        <translation>Alle entfernen</translation>
    </message>
    <message>
        <source>Clear all &amp;interventions</source>
        <translation>Alle E&amp;ingriffe entfernen</translation>
    </message>
    <message>
        <source>Clear all interventions</source>
        <translation>Alle Eingriffe entfernen</translation>
    </message>
    <message>
        <source>Clear the cache?</source>
        <translation>Cache leeren?</translation>
    </message>
    <message>
        <source>Cleared.</source>
        <translation>Geleert.</translation>
    </message>
    <message>
        <source>Clear…</source>
        <translation>Leeren…</translation>
    </message>
    <message>
        <source>Click a candidate to see its way through the chain.</source>
        <translation>Ein Klick auf einen Kandidaten zeigt seinen Weg durch die Kette.</translation>
    </message>
    <message>
        <source>Click a cell of a map, or a point.</source>
        <translation>Auf eine Zelle einer Karte oder einen Punkt klicken.</translation>
    </message>
    <message>
        <source>Click a token; drag or shift-click for several.</source>
        <translation>Auf ein Token klicken; für mehrere ziehen oder mit Umschalt klicken.</translation>
    </message>
    <message>
        <source>Click into a panel first; then Ctrl+C copies what it shows.</source>
        <translation>Zuerst in eine Ansicht klicken; dann kopiert Strg+C, was sie zeigt.</translation>
    </message>
    <message>
        <source>Click to choose colours and limits.</source>
        <translation>Klicken, um Farben und Grenzen zu wählen.</translation>
    </message>
    <message>
        <source>Click to sort, again for the other way, again for the order before.</source>
        <translation>Klicken sortiert, noch einmal umgekehrt, noch einmal wie vorher.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close although something is not done?</source>
        <translation>Schließen, obwohl etwas nicht fertig ist?</translation>
    </message>
    <message>
        <source>Close this list.</source>
        <translation>Diese Liste schließen.</translation>
    </message>
    <message>
        <source>Close?</source>
        <translation>Schließen?</translation>
    </message>
    <message>
        <source>Closing ends what is not done:</source>
        <translation>Schließen beendet, was nicht fertig ist:</translation>
    </message>
    <message>
        <source>Coefficient, standard error and t of each predictor.</source>
        <translation>Koeffizient, Standardfehler und t jedes Prädiktors.</translation>
    </message>
    <message>
        <source>Coefficients of the layer</source>
        <translation>Koeffizienten der Schicht</translation>
    </message>
    <message>
        <source>Colour map of values about zero.</source>
        <translation>Farbkarte für Werte um null.</translation>
    </message>
    <message>
        <source>Colour map of values without a sign.</source>
        <translation>Farbkarte für Werte ohne Vorzeichen.</translation>
    </message>
    <message>
        <source>Colour of generated tokens. The stronger, the less probable the token was, the more uncertain the model, or the lower the rank.</source>
        <translation>Farbe der erzeugten Tokens. Je kräftiger, desto unwahrscheinlicher war das Token, desto unsicherer das Modell oder desto tiefer der Rang.</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Colours as everywhere</source>
        <translation>Farben wie überall</translation>
    </message>
    <message>
        <source>Colours of maps</source>
        <translation>Farben der Karten</translation>
    </message>
    <message>
        <source>Colours of the layers, from the first to the last.</source>
        <translation>Farben der Schichten, von der ersten bis zur letzten.</translation>
    </message>
    <message>
        <source>Colours {name}</source>
        <translation>Farben {name}</translation>
    </message>
    <message>
        <source>Column {name} is empty.</source>
        <translation>Spalte {name} ist leer.</translation>
    </message>
    <message>
        <source>Column {number}: {text}, {how}, {said}</source>
        <translation>Spalte {number}: {text}, {how}, {said}</translation>
    </message>
    <message>
        <source>Comma-separated values (*.csv)</source>
        <translation>Kommagetrennte Werte (*.csv)</translation>
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
        <source>Compare models</source>
        <translation>Modelle vergleichen</translation>
    </message>
    <message>
        <source>Compare with another model</source>
        <translation>Mit einem anderen Modell vergleichen</translation>
    </message>
    <message>
        <source>Compared tokens</source>
        <translation>Verglichene Tokens</translation>
    </message>
    <message>
        <source>Compose a figure of this task's plots: SVG, PDF, PNG, data and script.</source>
        <translation>Eine Abbildung aus den Diagrammen dieser Aufgabe zusammenstellen: SVG, PDF, PNG, Daten und Skript.</translation>
    </message>
    <message>
        <source>Compute</source>
        <translation>Berechnen</translation>
    </message>
    <message>
        <source>Compute in {precision}</source>
        <translation>In {precision} rechnen</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>Context token</source>
        <translation>Kontexttoken</translation>
    </message>
    <message>
        <source>Continuation</source>
        <translation>Fortsetzung</translation>
    </message>
    <message>
        <source>Continue by up to so many tokens.</source>
        <translation>Um bis zu so viele Tokens fortsetzen.</translation>
    </message>
    <message>
        <source>Continues the text under many seeds.</source>
        <translation>Setzt den Text mit vielen Startwerten fort.</translation>
    </message>
    <message>
        <source>Continuing under every seed …</source>
        <translation>Mit jedem Startwert fortsetzen …</translation>
    </message>
    <message>
        <source>Copied the data of {panel}</source>
        <translation>Daten von {panel} kopiert</translation>
    </message>
    <message>
        <source>Copied the table</source>
        <translation>Tabelle kopiert</translation>
    </message>
    <message>
        <source>Copied {what}</source>
        <translation>{what} kopiert</translation>
    </message>
    <message>
        <source>Copies, at most</source>
        <translation>Kopien, höchstens</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy as picture</source>
        <translation>Als Bild kopieren</translation>
    </message>
    <message>
        <source>Copy data</source>
        <translation>Daten kopieren</translation>
    </message>
    <message>
        <source>Copy table</source>
        <translation>Tabelle kopieren</translation>
    </message>
    <message>
        <source>Copy tables</source>
        <translation>Tabellen kopieren</translation>
    </message>
    <message>
        <source>Copy the data of {panel}</source>
        <translation>Daten von {panel} kopieren</translation>
    </message>
    <message>
        <source>Copy what has the focus: a plot as a picture, a table as text.</source>
        <translation>Kopieren, was den Fokus hat: ein Diagramm als Bild, eine Tabelle als Text.</translation>
    </message>
    <message>
        <source>Copy {what}</source>
        <translation>{what} kopieren</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Data for spreadsheets (byte order mark)</source>
        <translation>Daten für Tabellenprogramme (BOM)</translation>
    </message>
    <message>
        <source>Data of {title}</source>
        <translation>Daten von {title}</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete a model?</source>
        <translation>Ein Modell löschen?</translation>
    </message>
    <message>
        <source>Delete all fetched and converted models ({size})?</source>
        <translation>Alle geladenen und umgewandelten Modelle löschen ({size})?</translation>
    </message>
    <message>
        <source>Delete chain</source>
        <translation>Kette löschen</translation>
    </message>
    <message>
        <source>Delete everything in the cache; you are asked first.</source>
        <translation>Alles im Cache löschen; vorher wird gefragt.</translation>
    </message>
    <message>
        <source>Delete it for ever.</source>
        <translation>Für immer löschen.</translation>
    </message>
    <message>
        <source>Delete the chain “{name}”?</source>
        <translation>Die Kette „{name}“ löschen?</translation>
    </message>
    <message>
        <source>Delete the model's files from the cache; you are asked first.</source>
        <translation>Die Dateien des Modells aus dem Cache löschen; vorher wird gefragt.</translation>
    </message>
    <message>
        <source>Delete {model} ({size}) from the disk?</source>
        <translation>{model} ({size}) von der Platte löschen?</translation>
    </message>
    <message>
        <source>Deleted {model}, {size}</source>
        <translation>{model} gelöscht, {size}</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen…</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>Abstand</translation>
    </message>
    <message>
        <source>Distinct 1-, 2-, 3-grams {shares}.</source>
        <translation>Verschiedene 1-, 2-, 3-Gramme {shares}.</translation>
    </message>
    <message>
        <source>Distinct 1-, 2-, 3-grams: {shares}</source>
        <translation>Verschiedene 1-, 2-, 3-Gramme: {shares}</translation>
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
        <source>Do not assume that all residuals are equally spread.</source>
        <translation>Nicht annehmen, dass alle Residuen gleich streuen.</translation>
    </message>
    <message>
        <source>Do two models agree on which words are alike, though nothing in them is the same?</source>
        <translation>Sind sich zwei Modelle einig, welche Wörter sich ähnlich sind, obwohl nichts in ihnen gleich ist?</translation>
    </message>
    <message>
        <source>Do what the line offers.</source>
        <translation>Tun, was die Zeile anbietet.</translation>
    </message>
    <message>
        <source>Do what the message offers.</source>
        <translation>Tun, was die Meldung anbietet.</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
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
        <source>Dots per inch of a PNG.</source>
        <translation>Punkte je Zoll eines PNG.</translation>
    </message>
    <message>
        <source>Double click</source>
        <translation>Doppelklick</translation>
    </message>
    <message>
        <source>Download the model, and leave it closed.</source>
        <translation>Das Modell herunterladen, ohne es zu öffnen.</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>Ziehung</translation>
    </message>
    <message>
        <source>Draw in the colours of the dark theme.</source>
        <translation>In den Farben des dunklen Erscheinungsbilds zeichnen.</translation>
    </message>
    <message>
        <source>Drawing…</source>
        <translation>Wird gezeichnet…</translation>
    </message>
    <message>
        <source>Drop a session, an experiment, a word list, a text or a model here.</source>
        <translation>Eine Sitzung, ein Experiment, eine Wortliste, einen Text oder ein Modell hier ablegen.</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Verdoppeln</translation>
    </message>
    <message>
        <source>Duplicate {sampler}</source>
        <translation>{sampler} verdoppeln</translation>
    </message>
    <message>
        <source>Each token of the captured text.</source>
        <translation>Jedes Token des aufgezeichneten Textes.</translation>
    </message>
    <message>
        <source>Echo of</source>
        <translation>Echo von</translation>
    </message>
    <message>
        <source>End after this token.</source>
        <translation>Nach diesem Token aufhören.</translation>
    </message>
    <message>
        <source>Enter goes on to the next row, Tab leaves the table.</source>
        <translation>Die Eingabetaste geht zur nächsten Zeile, Tab verlässt die Tabelle.</translation>
    </message>
    <message>
        <source>Entropy of what is left, in nats, and perplexity: as uncertain as so many equally likely tokens.</source>
        <translation>Entropie dessen, was übrig ist, in Nat, und Perplexität: so unsicher wie so viele gleich wahrscheinliche Tokens.</translation>
    </message>
    <message>
        <source>Every command that has keys of its own.</source>
        <translation>Alle Befehle mit eigenen Tasten.</translation>
    </message>
    <message>
        <source>Exactly as the tokenizer has it: · is a space</source>
        <translation>Genau wie im Tokenizer: · ist ein Leerzeichen</translation>
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
        <source>Experiments (*.toml)</source>
        <translation>Experimente (*.toml)</translation>
    </message>
    <message>
        <source>Export &amp;results…</source>
        <translation>&amp;Ergebnisse exportieren…</translation>
    </message>
    <message>
        <source>Export chain</source>
        <translation>Kette exportieren</translation>
    </message>
    <message>
        <source>Export f&amp;igure…</source>
        <translation>&amp;Abbildung exportieren…</translation>
    </message>
    <message>
        <source>Export figure</source>
        <translation>Abbildung exportieren</translation>
    </message>
    <message>
        <source>Export figure…</source>
        <translation>Abbildung exportieren…</translation>
    </message>
    <message>
        <source>Export results into a folder</source>
        <translation>Ergebnisse in einen Ordner exportieren</translation>
    </message>
    <message>
        <source>Export this chain…</source>
        <translation>Diese Kette exportieren…</translation>
    </message>
    <message>
        <source>Export, copy or view what this panel shows.</source>
        <translation>Exportieren, kopieren oder ansehen, was diese Ansicht zeigt.</translation>
    </message>
    <message>
        <source>Export, copy or view: {title}</source>
        <translation>Exportieren, kopieren oder ansehen: {title}</translation>
    </message>
    <message>
        <source>F&amp;ill the page</source>
        <translation>Seite fü&amp;llen</translation>
    </message>
    <message>
        <source>Factor</source>
        <translation>Faktor</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>Familie</translation>
    </message>
    <message>
        <source>Fetch</source>
        <translation>Laden</translation>
    </message>
    <message>
        <source>Fetch ({size} MB) and run</source>
        <translation>Holen ({size} MB) und rechnen</translation>
    </message>
    <message>
        <source>Fetch {model}</source>
        <translation>{model} laden</translation>
    </message>
    <message>
        <source>Fetched and converted models</source>
        <translation>Geladene und umgewandelte Modelle</translation>
    </message>
    <message>
        <source>Fetched {model}</source>
        <translation>{model} geladen</translation>
    </message>
    <message>
        <source>Fetching {model}</source>
        <translation>{model} wird geladen</translation>
    </message>
    <message>
        <source>Fetching…</source>
        <translation>Wird geholt …</translation>
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
        <source>Fill the page: {title}</source>
        <translation>Seite füllen: {title}</translation>
    </message>
    <message>
        <source>Find a model</source>
        <translation>Modell suchen</translation>
    </message>
    <message>
        <source>Find a token</source>
        <translation>Token suchen</translation>
    </message>
    <message>
        <source>Find any command, panel, model, example, word or layer by typing.</source>
        <translation>Befehle, Ansichten, Modelle, Beispiele, Wörter und Schichten durch Tippen finden.</translation>
    </message>
    <message>
        <source>First colour</source>
        <translation>Erste Farbe</translation>
    </message>
    <message>
        <source>Fisher z</source>
        <translation>Fisher-z</translation>
    </message>
    <message>
        <source>Fix limits of colours</source>
        <translation>Grenzen der Farben festlegen</translation>
    </message>
    <message>
        <source>Fixed…</source>
        <translation>Fest…</translation>
    </message>
    <message>
        <source>Fold</source>
        <translation>Einklappen</translation>
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
        <source>Follow a token</source>
        <translation>Ein Token verfolgen</translation>
    </message>
    <message>
        <source>Follow it no longer.</source>
        <translation>Es nicht länger verfolgen.</translation>
    </message>
    <message>
        <source>Follow {text}</source>
        <translation>{text} verfolgen</translation>
    </message>
    <message>
        <source>Follow {text} no longer</source>
        <translation>{text} nicht länger verfolgen</translation>
    </message>
    <message>
        <source>Followed tokens at the layer</source>
        <translation>Verfolgte Tokens in der Schicht</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Vor</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Treffer</translation>
    </message>
    <message>
        <source>From general.sampling.* inside the model's GGUF file.</source>
        <translation>Aus general.sampling.* in der GGUF-Datei des Modells.</translation>
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
        <source>Further texts</source>
        <translation>Weitere Texte</translation>
    </message>
    <message>
        <source>Give the keyboard to the next panel of the page.</source>
        <translation>Die Tastatur der nächsten Ansicht der Seite geben.</translation>
    </message>
    <message>
        <source>Go back by one token; its branch stays.</source>
        <translation>Ein Token zurückgehen; sein Zweig bleibt.</translation>
    </message>
    <message>
        <source>Go back by {n} token</source>
        <translation>Um {n} Token zurückgehen</translation>
    </message>
    <message>
        <source>Go back by {n} tokens</source>
        <translation>Um {n} Tokens zurückgehen</translation>
    </message>
    <message>
        <source>Go back to here</source>
        <translation>Hierher zurückgehen</translation>
    </message>
    <message>
        <source>Go back to the page before (Alt+←).</source>
        <translation>Zurück zur Seite davor (Alt+←).</translation>
    </message>
    <message>
        <source>Go back to the step before (←).</source>
        <translation>Zum vorigen Schritt (←).</translation>
    </message>
    <message>
        <source>Go forward again (Alt+→).</source>
        <translation>Wieder vor (Alt+→).</translation>
    </message>
    <message>
        <source>Go on to the next step (Enter or →).</source>
        <translation>Zum nächsten Schritt (Eingabe oder →).</translation>
    </message>
    <message>
        <source>Go on…</source>
        <translation>Fortsetzen…</translation>
    </message>
    <message>
        <source>Go to</source>
        <translation>Hingehen</translation>
    </message>
    <message>
        <source>Go to another branch</source>
        <translation>Zu einem anderen Zweig gehen</translation>
    </message>
    <message>
        <source>Goes to the best candidate that contains this; Enter for the next.</source>
        <translation>Geht zum besten Kandidaten, der das enthält; die Eingabetaste zum nächsten.</translation>
    </message>
    <message>
        <source>Grey: model, coloured: chain</source>
        <translation>Grau: Modell, farbig: Kette</translation>
    </message>
    <message>
        <source>Guide</source>
        <translation>Handbuch</translation>
    </message>
    <message>
        <source>HC3 standard errors</source>
        <translation>HC3-Standardfehler</translation>
    </message>
    <message>
        <source>Heads over</source>
        <translation>Köpfe über</translation>
    </message>
    <message>
        <source>Heads that say the same</source>
        <translation>Köpfe, die dasselbe sagen</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>How does a head know how far away a token is, and when does it stop caring?</source>
        <translation>Woher weiß ein Kopf, wie weit ein Token entfernt ist, und ab wann ist es ihm gleich?</translation>
    </message>
    <message>
        <source>How far each site keeps the categories apart: d, g and p.</source>
        <translation>Wie weit jede Stelle die Kategorien auseinanderhält: d, g und p.</translation>
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
        <source>How it is built.</source>
        <translation>Wie es gebaut ist.</translation>
    </message>
    <message>
        <source>How it looks</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>How many plots stand side by side.</source>
        <translation>Wie viele Diagramme nebeneinander stehen.</translation>
    </message>
    <message>
        <source>How many seeds each chain is run with.</source>
        <translation>Mit wie vielen Startwerten jede Kette läuft.</translation>
    </message>
    <message>
        <source>How many threads compute at once.</source>
        <translation>Wie viele Threads zugleich rechnen.</translation>
    </message>
    <message>
        <source>How many tokens a key stands before its query; the arrow keys move it.</source>
        <translation>Wie viele Tokens ein Schlüssel vor seiner Anfrage steht; die Pfeiltasten bewegen ihn.</translation>
    </message>
    <message>
        <source>How many tokens are written with each seed, at most.</source>
        <translation>Wie viele Tokens mit jedem Startwert höchstens geschrieben werden.</translation>
    </message>
    <message>
        <source>How many tokens before predict.</source>
        <translation>Wie viele frühere Tokens vorhersagen.</translation>
    </message>
    <message>
        <source>How much of the geometry is the word's, and how much the sentence's?</source>
        <translation>Wie viel der Geometrie gehört dem Wort, und wie viel dem Satz?</translation>
    </message>
    <message>
        <source>How the ledger is opened.</source>
        <translation>Wie die Bilanz geöffnet ist.</translation>
    </message>
    <message>
        <source>How the vectors of two words are compared.</source>
        <translation>Wie die Vektoren zweier Wörter verglichen werden.</translation>
    </message>
    <message>
        <source>How two lists of pair similarities are correlated.</source>
        <translation>Wie zwei Listen von Paarähnlichkeiten korreliert werden.</translation>
    </message>
    <message>
        <source>How words are laid out. Non-metric scaling of many words takes minutes.</source>
        <translation>Wie Wörter angeordnet werden. Nichtmetrische Skalierung vieler Wörter dauert Minuten.</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Import a file…</source>
        <translation>Datei importieren…</translation>
    </message>
    <message>
        <source>In a plot</source>
        <translation>Im Diagramm</translation>
    </message>
    <message>
        <source>In which layer, and after which token, does the snow appear?</source>
        <translation>In welcher Schicht und nach welchem Token taucht der Schnee auf?</translation>
    </message>
    <message>
        <source>In which order the tokens stand.</source>
        <translation>In welcher Reihenfolge die Tokens stehen.</translation>
    </message>
    <message>
        <source>In which order words stand. In a dendrogram, those that are alike are neighbours.</source>
        <translation>In welcher Reihenfolge die Wörter stehen. In einem Dendrogramm sind ähnliche Nachbarn.</translation>
    </message>
    <message>
        <source>In {folder}</source>
        <translation>In {folder}</translation>
    </message>
    <message>
        <source>Inside</source>
        <translation>Innen</translation>
    </message>
    <message>
        <source>Intervention</source>
        <translation>Eingriff</translation>
    </message>
    <message>
        <source>Is a king less a man, plus a woman, near a queen, and what is near nonsense?</source>
        <translation>Ist ein König ohne Mann, mit Frau, einer Königin nah, und was ist Unsinn nah?</translation>
    </message>
    <message>
        <source>It did not work; what was shown stays.</source>
        <translation>Es ging nicht; das Gezeigte bleibt.</translation>
    </message>
    <message>
        <source>It has to be fetched again before it can be opened. These folders go:</source>
        <translation>Vor dem nächsten Öffnen muss es erneut geladen werden. Diese Ordner verschwinden:</translation>
    </message>
    <message>
        <source>It is being fetched.</source>
        <translation>Es wird gerade geladen.</translation>
    </message>
    <message>
        <source>It is open; open another model first.</source>
        <translation>Es ist geöffnet; zuerst ein anderes Modell öffnen.</translation>
    </message>
    <message>
        <source>It is still being computed.</source>
        <translation>Es wird noch gerechnet.</translation>
    </message>
    <message>
        <source>It lies in the cache of the hub, which other programs use too:</source>
        <translation>Es liegt im Cache des Hubs, den auch andere Programme benutzen:</translation>
    </message>
    <message>
        <source>It stays whole, or where it is, if something goes wrong.</source>
        <translation>Er bleibt ganz, oder wo er ist, falls etwas schiefgeht.</translation>
    </message>
    <message>
        <source>Its name:</source>
        <translation>Ihr Name:</translation>
    </message>
    <message>
        <source>Jensen–Shannon distance: 0 equal, 0.833 disjoint</source>
        <translation>Jensen-Shannon-Abstand: 0 gleich, 0.833 disjunkt</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>Aufträge</translation>
    </message>
    <message>
        <source>KL from the end {n} nats</source>
        <translation>KL zum Ende {n} Nats</translation>
    </message>
    <message>
        <source>Keep all {n}; the next start offers them again.</source>
        <translation>Alle {n} behalten; der nächste Start bietet sie wieder an.</translation>
    </message>
    <message>
        <source>Keep for comparison</source>
        <translation>Zum Vergleich behalten</translation>
    </message>
    <message>
        <source>Keep for later</source>
        <translation>Für später aufheben</translation>
    </message>
    <message>
        <source>Keep it; the next start offers it again.</source>
        <translation>Aufheben; der nächste Start bietet sie wieder an.</translation>
    </message>
    <message>
        <source>Keep the cache in another folder.</source>
        <translation>Den Cache in einem anderen Ordner aufbewahren.</translation>
    </message>
    <message>
        <source>Keep the cache in this folder</source>
        <translation>Den Cache in diesem Ordner aufbewahren</translation>
    </message>
    <message>
        <source>Keep these curves; then capture another text or model.</source>
        <translation>Diese Kurven behalten; dann einen anderen Text oder ein anderes Modell aufzeichnen.</translation>
    </message>
    <message>
        <source>Kept in {folder}</source>
        <translation>Gespeichert in {folder}</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Legende</translation>
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
        <source>King and queen, with a control</source>
        <translation>König und Königin, mit Kontrolle</translation>
    </message>
    <message>
        <source>Lags</source>
        <translation>Frühere</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Last colour</source>
        <translation>Letzte Farbe</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
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
        <source>Layer {layer} of 0–{layers}</source>
        <translation>Schicht {layer} von 0–{layers}</translation>
    </message>
    <message>
        <source>Layer {layer} of 0–{n_layers}</source>
        <translation>Schicht {layer} von 0–{n_layers}</translation>
    </message>
    <message>
        <source>Layer {n} of 0–{last}</source>
        <translation>Schicht {n} von 0–{last}</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>Leading tokens left out</source>
        <translation>Weggelassene Tokens am Anfang</translation>
    </message>
    <message>
        <source>Leading tokens left out; the first is an outlier in most models.</source>
        <translation>Weggelassene Tokens am Anfang; das erste ist in den meisten Modellen ein Ausreißer.</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>Weglassen</translation>
    </message>
    <message>
        <source>Leave out the background of the figure.</source>
        <translation>Den Hintergrund der Abbildung weglassen.</translation>
    </message>
    <message>
        <source>Leave out {chain}</source>
        <translation>{chain} weglassen</translation>
    </message>
    <message>
        <source>Leave the tour (Esc).</source>
        <translation>Den Rundgang verlassen (Esc).</translation>
    </message>
    <message>
        <source>Less</source>
        <translation>Weniger</translation>
    </message>
    <message>
        <source>Let go</source>
        <translation>Loslassen</translation>
    </message>
    <message>
        <source>Let go of this text</source>
        <translation>Diesen Text loslassen</translation>
    </message>
    <message>
        <source>Let go of what was kept</source>
        <translation>Behaltenes loslassen</translation>
    </message>
    <message>
        <source>Let the panel that has the keyboard take the whole page, or give it back.</source>
        <translation>Die Ansicht mit der Tastatur die ganze Seite füllen lassen, oder zurückkehren.</translation>
    </message>
    <message>
        <source>Let the seed choose one token.</source>
        <translation>Den Startwert ein Token wählen lassen.</translation>
    </message>
    <message>
        <source>Let this panel take the whole page.</source>
        <translation>Diese Ansicht die ganze Seite füllen lassen.</translation>
    </message>
    <message>
        <source>Letters a, b, c</source>
        <translation>Buchstaben a, b, c</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
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
        <source>Limits</source>
        <translation>Grenzen</translation>
    </message>
    <message>
        <source>Limits of the colours</source>
        <translation>Grenzen der Farben</translation>
    </message>
    <message>
        <source>Limits of this layer</source>
        <translation>Grenzen dieser Schicht</translation>
    </message>
    <message>
        <source>Limits of what is shown</source>
        <translation>Grenzen des Gezeigten</translation>
    </message>
    <message>
        <source>Limits the same for all layers</source>
        <translation>Grenzen gleich für alle Schichten</translation>
    </message>
    <message>
        <source>List the data of {panel}</source>
        <translation>Daten von {panel} auflisten</translation>
    </message>
    <message>
        <source>Logit</source>
        <translation>Logit</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Ansehen</translation>
    </message>
    <message>
        <source>Look at a layer</source>
        <translation>Eine Schicht betrachten</translation>
    </message>
    <message>
        <source>Look inside the blocks</source>
        <translation>In die Blöcke schauen</translation>
    </message>
    <message>
        <source>Look up near tokens</source>
        <translation>Nahe Tokens nachschlagen</translation>
    </message>
    <message>
        <source>Look up {words}</source>
        <translation>{words} nachschlagen</translation>
    </message>
    <message>
        <source>Look what chains would cut</source>
        <translation>Nachsehen, was Ketten entfernen</translation>
    </message>
    <message>
        <source>Looking for models…</source>
        <translation>Modelle werden gesucht…</translation>
    </message>
    <message>
        <source>Loops</source>
        <translation>Schleifen</translation>
    </message>
    <message>
        <source>Loops after</source>
        <translation>Schleifen nach</translation>
    </message>
    <message>
        <source>MLP</source>
        <translation>MLP</translation>
    </message>
    <message>
        <source>Make it column A</source>
        <translation>Zu Spalte A machen</translation>
    </message>
    <message>
        <source>Make {number} column A</source>
        <translation>{number} zu Spalte A machen</translation>
    </message>
    <message>
        <source>Mark in the plots what is selected in the window.</source>
        <translation>In den Diagrammen markieren, was im Fenster ausgewählt ist.</translation>
    </message>
    <message>
        <source>Mark what is selected</source>
        <translation>Ausgewähltes markieren</translation>
    </message>
    <message>
        <source>Mean p</source>
        <translation>Mittl. p</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Messen</translation>
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
        <source>Measure {chain}</source>
        <translation>{chain} messen</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Model p</source>
        <translation>p davor</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>Modelle…</translation>
    </message>
    <message>
        <source>More for words</source>
        <translation>Mehr für Wörter</translation>
    </message>
    <message>
        <source>Most words begin with a space: type it too.</source>
        <translation>Die meisten Wörter beginnen mit einem Leerzeichen: mit eingeben.</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>Move a token away.</source>
        <translation>Ein Token wegrücken.</translation>
    </message>
    <message>
        <source>Move along the plot</source>
        <translation>Im Diagramm bewegen</translation>
    </message>
    <message>
        <source>Move left</source>
        <translation>Nach links</translation>
    </message>
    <message>
        <source>Move right</source>
        <translation>Nach rechts</translation>
    </message>
    <message>
        <source>Move sampler</source>
        <translation>Sampler verschieben</translation>
    </message>
    <message>
        <source>Move the cache ({size}) to {folder}?</source>
        <translation>Den Cache ({size}) nach {folder} verschieben?</translation>
    </message>
    <message>
        <source>Move the cache?</source>
        <translation>Cache verschieben?</translation>
    </message>
    <message>
        <source>Move to a new category</source>
        <translation>In eine neue Kategorie verschieben</translation>
    </message>
    <message>
        <source>Move to category</source>
        <translation>In Kategorie verschieben</translation>
    </message>
    <message>
        <source>Move {n} word</source>
        <translation>{n} Wort verschieben</translation>
    </message>
    <message>
        <source>Move {n} word to {name}</source>
        <translation>{n} Wort nach {name} verschieben</translation>
    </message>
    <message>
        <source>Move {n} words</source>
        <translation>{n} Wörter verschieben</translation>
    </message>
    <message>
        <source>Move {n} words to {name}</source>
        <translation>{n} Wörter nach {name} verschieben</translation>
    </message>
    <message>
        <source>Move, fold, duplicate or remove this sampler.</source>
        <translation>Diesen Sampler verschieben, einklappen, verdoppeln oder entfernen.</translation>
    </message>
    <message>
        <source>Moved.</source>
        <translation>Verschoben.</translation>
    </message>
    <message>
        <source>Move…</source>
        <translation>Verschieben…</translation>
    </message>
    <message>
        <source>Name each plot by a letter at its corner.</source>
        <translation>Jedes Diagramm an seiner Ecke mit einem Buchstaben benennen.</translation>
    </message>
    <message>
        <source>Name the pairs that agree least.</source>
        <translation>Die Paare benennen, die am wenigsten übereinstimmen.</translation>
    </message>
    <message>
        <source>Name the words, as far as there is room.</source>
        <translation>Die Wörter benennen, soweit Platz ist.</translation>
    </message>
    <message>
        <source>Name:</source>
        <translation>Name:</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Namen</translation>
    </message>
    <message>
        <source>New category…</source>
        <translation>Neue Kategorie…</translation>
    </message>
    <message>
        <source>New in this version</source>
        <translation>Neu in dieser Version</translation>
    </message>
    <message>
        <source>New name, of all its words:</source>
        <translation>Neuer Name, für alle ihre Wörter:</translation>
    </message>
    <message>
        <source>New name:</source>
        <translation>Neuer Name:</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Next row to look at</source>
        <translation>Nächste Zeile zum Ansehen</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>Kein Modell</translation>
    </message>
    <message>
        <source>No page has these words.</source>
        <translation>Keine Seite hat diese Wörter.</translation>
    </message>
    <message>
        <source>No pair selected</source>
        <translation>Kein Paar ausgewählt</translation>
    </message>
    <message>
        <source>No token selected</source>
        <translation>Kein Token ausgewählt</translation>
    </message>
    <message>
        <source>None. One of as many tokens can be held against it.</source>
        <translation>Keiner. Einer mit gleich vielen Tokens kann dagegengehalten werden.</translation>
    </message>
    <message>
        <source>None: the model alone</source>
        <translation>Keine: das Modell allein</translation>
    </message>
    <message>
        <source>Not computed yet: {what}</source>
        <translation>Noch nicht gerechnet: {what}</translation>
    </message>
    <message>
        <source>Nothing captured yet.</source>
        <translation>Noch nichts aufgezeichnet.</translation>
    </message>
    <message>
        <source>Nothing has been computed yet.</source>
        <translation>Noch wurde nichts berechnet.</translation>
    </message>
    <message>
        <source>Nothing has been generated after this prompt yet.</source>
        <translation>Nach diesem Prompt wurde noch nichts erzeugt.</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>Noch nichts</translation>
    </message>
    <message>
        <source>NumPy arrays (*.npz)</source>
        <translation>NumPy-Arrays (*.npz)</translation>
    </message>
    <message>
        <source>Number in the vocabulary</source>
        <translation>Nummer im Vokabular</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>Nummern</translation>
    </message>
    <message>
        <source>Numbers at plots have it from the next start on.</source>
        <translation>Zahlen an Diagrammen haben sie ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>Numbers stand there as 0 3 5, not as {text}.</source>
        <translation>Nummern stehen dort wie 0 3 5, nicht wie {text}.</translation>
    </message>
    <message>
        <source>Of its weights.</source>
        <translation>Die seiner Gewichte.</translation>
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
        <source>Of what is shown</source>
        <translation>Des Gezeigten</translation>
    </message>
    <message>
        <source>Of what the change is shown.</source>
        <translation>Wovon die Änderung gezeigt wird.</translation>
    </message>
    <message>
        <source>Of which followed token.</source>
        <translation>Von welchem verfolgten Token.</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Ein</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>Auf diesem Rechner</translation>
    </message>
    <message>
        <source>One list, four sentences</source>
        <translation>Eine Liste, vier Sätze</translation>
    </message>
    <message>
        <source>One more waits.</source>
        <translation>Eine weitere wartet.</translation>
    </message>
    <message>
        <source>Only a whole number is read here.</source>
        <translation>Hier wird nur eine ganze Zahl gelesen.</translation>
    </message>
    <message>
        <source>Only what lies in a cache is deleted here.</source>
        <translation>Hier wird nur gelöscht, was in einem Cache liegt.</translation>
    </message>
    <message>
        <source>Onto the clipboard, as a picture and as vector graphics.</source>
        <translation>In die Zwischenablage, als Bild und als Vektorgrafik.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open a chain</source>
        <translation>Kette öffnen</translation>
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
        <source>Open a s&amp;weep…</source>
        <translation>&amp;Reihe öffnen…</translation>
    </message>
    <message>
        <source>Open a session (.laminoscope), an experiment (.toml), a word list or a model.</source>
        <translation>Eine Sitzung (.laminoscope), ein Experiment (.toml), eine Wortliste oder ein Modell öffnen.</translation>
    </message>
    <message>
        <source>Open a sweep's folder</source>
        <translation>Ordner einer Reihe öffnen</translation>
    </message>
    <message>
        <source>Open a text</source>
        <translation>Text öffnen</translation>
    </message>
    <message>
        <source>Open a word list</source>
        <translation>Wortliste öffnen</translation>
    </message>
    <message>
        <source>Open mo&amp;del…</source>
        <translation>Mo&amp;dell öffnen…</translation>
    </message>
    <message>
        <source>Open model</source>
        <translation>Modell öffnen</translation>
    </message>
    <message>
        <source>Open model &amp;folder…</source>
        <translation>Modell&amp;ordner öffnen…</translation>
    </message>
    <message>
        <source>Open model folder</source>
        <translation>Modellordner öffnen</translation>
    </message>
    <message>
        <source>Open r&amp;ecent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Open the folder of a sweep: an experiment over many models.</source>
        <translation>Den Ordner einer Reihe öffnen: ein Experiment über viele Modelle.</translation>
    </message>
    <message>
        <source>Open the model and run what is shown.</source>
        <translation>Das Modell öffnen und das Gezeigte berechnen.</translation>
    </message>
    <message>
        <source>Open {file}: {words}</source>
        <translation>{file} öffnen: {words}</translation>
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
        <source>Open {model}; look inside the blocks</source>
        <translation>{model} öffnen; in die Blöcke schauen</translation>
    </message>
    <message>
        <source>Open {model}; read prompts</source>
        <translation>{model} öffnen; Prompts lesen</translation>
    </message>
    <message>
        <source>Open {model}; read words with other models</source>
        <translation>{model} öffnen; Wörter mit anderen Modellen lesen</translation>
    </message>
    <message>
        <source>Open {name}</source>
        <translation>{name} öffnen</translation>
    </message>
    <message>
        <source>Opened as {source}</source>
        <translation>Geöffnet als {source}</translation>
    </message>
    <message>
        <source>Opened {file}</source>
        <translation>{file} geöffnet</translation>
    </message>
    <message>
        <source>Opened {file}; nothing was captured in it.</source>
        <translation>{file} geöffnet; darin ist nichts aufgezeichnet.</translation>
    </message>
    <message>
        <source>Opening {file}…</source>
        <translation>{file} wird geöffnet…</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Öffnen…</translation>
    </message>
    <message>
        <source>Other models can read the same words, to be compared with this one.</source>
        <translation>Andere Modelle können dieselben Wörter lesen, um sie mit diesem zu vergleichen.</translation>
    </message>
    <message>
        <source>Other predictors</source>
        <translation>Andere Prädiktoren</translation>
    </message>
    <message>
        <source>Other predictors beside the lags, and standard errors.</source>
        <translation>Andere Prädiktoren neben den früheren Tokens, und Standardfehler.</translation>
    </message>
    <message>
        <source>Other predictors beside the lags.</source>
        <translation>Andere Prädiktoren neben den früheren Tokens.</translation>
    </message>
    <message>
        <source>Other predictors, and standard errors</source>
        <translation>Andere Prädiktoren und Standardfehler</translation>
    </message>
    <message>
        <source>P&amp;revious panel</source>
        <translation>&amp;Vorige Ansicht</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>Page after</source>
        <translation>Nächste Seite</translation>
    </message>
    <message>
        <source>Page before</source>
        <translation>Vorige Seite</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Pairs with one site alone, or all.</source>
        <translation>Nur Paare mit einer Stelle oder alle.</translation>
    </message>
    <message>
        <source>Pairs. Of which words a score is.</source>
        <translation>Paare. Von welchen Wörtern ein Wert ist.</translation>
    </message>
    <message>
        <source>Panel</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Paste prompt</source>
        <translation>Prompt einfügen</translation>
    </message>
    <message>
        <source>Paste text</source>
        <translation>Text einfügen</translation>
    </message>
    <message>
        <source>Paste words	Ctrl+V</source>
        <translation>Wörter einfügen	Strg+V</translation>
    </message>
    <message>
        <source>Paste {n} word</source>
        <translation>{n} Wort einfügen</translation>
    </message>
    <message>
        <source>Paste {n} words</source>
        <translation>{n} Wörter einfügen</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>Periode</translation>
    </message>
    <message>
        <source>Permutations</source>
        <translation>Permutationen</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Picture (*.png)</source>
        <translation>Bild (*.png)</translation>
    </message>
    <message>
        <source>Place among the candidates of column {name}, and probability</source>
        <translation>Platz unter den Kandidaten der Spalte {name}, und Wahrscheinlichkeit</translation>
    </message>
    <message>
        <source>Place among the candidates of column {name}; 1 is the best</source>
        <translation>Platz unter den Kandidaten von Spalte {name}; 1 ist der beste</translation>
    </message>
    <message>
        <source>Place among the model's candidates</source>
        <translation>Platz unter den Kandidaten des Modells</translation>
    </message>
    <message>
        <source>Plots</source>
        <translation>Diagramme</translation>
    </message>
    <message>
        <source>Plots of the figure</source>
        <translation>Diagramme der Abbildung</translation>
    </message>
    <message>
        <source>Pooling</source>
        <translation>Vektor</translation>
    </message>
    <message>
        <source>Position of the context token at which Q, K and V are also correlated directly.</source>
        <translation>Platz des Kontexttokens, an dem Q, K und V auch direkt korreliert werden.</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Genauigkeit</translation>
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
        <source>Preview of a figure</source>
        <translation>Vorschau einer Abbildung</translation>
    </message>
    <message>
        <source>Preview of the figure</source>
        <translation>Vorschau der Abbildung</translation>
    </message>
    <message>
        <source>Probability after the sampler chain</source>
        <translation>Wahrscheinlichkeit nach der Sampler-Kette</translation>
    </message>
    <message>
        <source>Probability from the model alone</source>
        <translation>Wahrscheinlichkeit des Modells allein</translation>
    </message>
    <message>
        <source>Probability from the model as it is</source>
        <translation>Wahrscheinlichkeit nach dem unveränderten Modell</translation>
    </message>
    <message>
        <source>Probability in column {name}</source>
        <translation>Wahrscheinlichkeit in Spalte {name}</translation>
    </message>
    <message>
        <source>Probability in column {name} minus that in column A</source>
        <translation>Wahrscheinlichkeit in Spalte {name} minus die in Spalte A</translation>
    </message>
    <message>
        <source>Probability, rank and logit of each followed token at the layer.</source>
        <translation>Wahrscheinlichkeit, Rang und Logit jedes verfolgten Tokens in der Schicht.</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>Prompt and continuation</source>
        <translation>Prompt und Fortsetzung</translation>
    </message>
    <message>
        <source>Prompts</source>
        <translation>Prompts</translation>
    </message>
    <message>
        <source>Put the text as the user's message into the model's chat template.</source>
        <translation>Den Text als Nachricht des Benutzers in die Chat-Vorlage des Modells setzen.</translation>
    </message>
    <message>
        <source>Python script (*.py)</source>
        <translation>Python-Skript (*.py)</translation>
    </message>
    <message>
        <source>RSA score</source>
        <translation>RSA-Wert</translation>
    </message>
    <message>
        <source>RSA scores of the layer</source>
        <translation>RSA-Werte der Schicht</translation>
    </message>
    <message>
        <source>Random tokens, read twice</source>
        <translation>Zufällige Tokens, zweimal gelesen</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>Rank and probability of each token in every column.</source>
        <translation>Rang und Wahrscheinlichkeit jedes Tokens in jeder Spalte.</translation>
    </message>
    <message>
        <source>Rank and probability of each watched token after every prompt.</source>
        <translation>Rang und Wahrscheinlichkeit jedes beobachteten Tokens nach jedem Prompt.</translation>
    </message>
    <message>
        <source>Rank and probability of the chosen token after each sampler.</source>
        <translation>Rang und Wahrscheinlichkeit des gewählten Tokens nach jedem Sampler.</translation>
    </message>
    <message>
        <source>Read a chain from JSON, an experiment, or a GGUF model.</source>
        <translation>Eine Kette aus JSON, einem Experiment oder einem GGUF-Modell lesen.</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>Neu lesen</translation>
    </message>
    <message>
        <source>Read it again</source>
        <translation>Noch einmal lesen</translation>
    </message>
    <message>
        <source>Read prompt and text once, and apply the chains of the chain map at every token.</source>
        <translation>Prompt und Text einmal lesen und an jedem Token die Ketten der Kettenkarte anwenden.</translation>
    </message>
    <message>
        <source>Read prompts</source>
        <translation>Prompts lesen</translation>
    </message>
    <message>
        <source>Read prompts, altered</source>
        <translation>Prompts lesen, verändert</translation>
    </message>
    <message>
        <source>Read the changes</source>
        <translation>Änderungen lesen</translation>
    </message>
    <message>
        <source>Read the heads over further texts too, or over random tokens.</source>
        <translation>Die Köpfe auch über weitere Texte oder über zufällige Tokens lesen.</translation>
    </message>
    <message>
        <source>Read the heads over it no longer.</source>
        <translation>Die Köpfe nicht mehr darüber lesen.</translation>
    </message>
    <message>
        <source>Read the heads over random tokens</source>
        <translation>Köpfe über zufällige Tokens lesen</translation>
    </message>
    <message>
        <source>Read the heads over the text only</source>
        <translation>Köpfe nur über den Text lesen</translation>
    </message>
    <message>
        <source>Read the prompts</source>
        <translation>Prompts lesen</translation>
    </message>
    <message>
        <source>Read the sweep {folder}</source>
        <translation>Reihe {folder} lesen</translation>
    </message>
    <message>
        <source>Read the text</source>
        <translation>Text lesen</translation>
    </message>
    <message>
        <source>Read what the folder holds by now.</source>
        <translation>Lesen, was inzwischen im Ordner ist.</translation>
    </message>
    <message>
        <source>Read words from a file: CSV with the columns category and word, or one a line.</source>
        <translation>Wörter aus einer Datei lesen: CSV mit den Spalten category und word oder eines je Zeile.</translation>
    </message>
    <message>
        <source>Read words with other models</source>
        <translation>Wörter mit anderen Modellen lesen</translation>
    </message>
    <message>
        <source>Read: {understood}</source>
        <translation>Gelesen: {understood}</translation>
    </message>
    <message>
        <source>Reading the session that was not saved…</source>
        <translation>Die nicht gespeicherte Sitzung wird gelesen …</translation>
    </message>
    <message>
        <source>Recent files</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Recommended by this model</source>
        <translation>Von diesem Modell empfohlen</translation>
    </message>
    <message>
        <source>Recover</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Relabellings of the words behind each p.</source>
        <translation>Umverteilungen der Wörter hinter jedem p.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove	Del</source>
        <translation>Entfernen	Entf</translation>
    </message>
    <message>
        <source>Remove carrier</source>
        <translation>Trägersatz entfernen</translation>
    </message>
    <message>
        <source>Remove column</source>
        <translation>Spalte entfernen</translation>
    </message>
    <message>
        <source>Remove column {number}</source>
        <translation>Spalte {number} entfernen</translation>
    </message>
    <message>
        <source>Remove prompt</source>
        <translation>Prompt entfernen</translation>
    </message>
    <message>
        <source>Remove stop token</source>
        <translation>Stopptoken entfernen</translation>
    </message>
    <message>
        <source>Remove stop token {token}</source>
        <translation>Stopptoken {token} entfernen</translation>
    </message>
    <message>
        <source>Remove the carrier sentence</source>
        <translation>Den Trägersatz entfernen</translation>
    </message>
    <message>
        <source>Remove the intervention {text}</source>
        <translation>Den Eingriff {text} entfernen</translation>
    </message>
    <message>
        <source>Remove the selected words.</source>
        <translation>Die ausgewählten Wörter entfernen.</translation>
    </message>
    <message>
        <source>Remove the token {text}</source>
        <translation>Das Token {text} entfernen</translation>
    </message>
    <message>
        <source>Remove this prompt.</source>
        <translation>Diesen Prompt entfernen.</translation>
    </message>
    <message>
        <source>Remove this sentence.</source>
        <translation>Diesen Satz entfernen.</translation>
    </message>
    <message>
        <source>Remove {n} word</source>
        <translation>{n} Wort entfernen</translation>
    </message>
    <message>
        <source>Remove {n} words</source>
        <translation>{n} Wörter entfernen</translation>
    </message>
    <message>
        <source>Remove {sampler}</source>
        <translation>{sampler} entfernen</translation>
    </message>
    <message>
        <source>Remove {text}</source>
        <translation>{text} entfernen</translation>
    </message>
    <message>
        <source>Removed by the chain of column {name}.</source>
        <translation>Von der Kette der Spalte {name} entfernt.</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Rename category</source>
        <translation>Kategorie umbenennen</translation>
    </message>
    <message>
        <source>Rename category {category}…</source>
        <translation>Kategorie {category} umbenennen…</translation>
    </message>
    <message>
        <source>Rename category {name}</source>
        <translation>Kategorie {name} umbenennen</translation>
    </message>
    <message>
        <source>Rename chain</source>
        <translation>Kette umbenennen</translation>
    </message>
    <message>
        <source>Replace all by what is copied</source>
        <translation>Alles durch das Kopierte ersetzen</translation>
    </message>
    <message>
        <source>Replace the text by a file (UTF-8).</source>
        <translation>Den Text durch eine Datei ersetzen (UTF-8).</translation>
    </message>
    <message>
        <source>Replace the text by the sample paragraph.</source>
        <translation>Den Text durch den Beispielabsatz ersetzen.</translation>
    </message>
    <message>
        <source>Replace the {n} word</source>
        <translation>Das {n} Wort ersetzen</translation>
    </message>
    <message>
        <source>Replace the {n} words</source>
        <translation>Die {n} Wörter ersetzen</translation>
    </message>
    <message>
        <source>Rese&amp;t layout</source>
        <translation>Anordnung &amp;zurücksetzen</translation>
    </message>
    <message>
        <source>Results from {file}, computed on {place}.</source>
        <translation>Ergebnisse aus {file}, berechnet auf {place}.</translation>
    </message>
    <message>
        <source>Results from {file}.</source>
        <translation>Ergebnisse aus {file}.</translation>
    </message>
    <message>
        <source>Results from {file}; the model is not open.</source>
        <translation>Ergebnisse aus {file}; das Modell ist nicht geöffnet.</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Return: {title}</source>
        <translation>Zurück: {title}</translation>
    </message>
    <message>
        <source>Rotation as a clockwork</source>
        <translation>Drehung als Uhrwerk</translation>
    </message>
    <message>
        <source>Row {row}: {says}</source>
        <translation>Zeile {row}: {says}</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Run a s&amp;weep…</source>
        <translation>Reihe re&amp;chnen…</translation>
    </message>
    <message>
        <source>Run an experiment over many models, as a sweep file says, into a folder.</source>
        <translation>Ein Experiment über viele Modelle rechnen, wie die Datei einer Reihe es sagt, in einen Ordner.</translation>
    </message>
    <message>
        <source>Run on {device}</source>
        <translation>Auf {device} rechnen</translation>
    </message>
    <message>
        <source>Run the altered model for this page; what is shown stays beside it.</source>
        <translation>Das veränderte Modell für diese Seite laufen lassen; was gezeigt wird, bleibt daneben.</translation>
    </message>
    <message>
        <source>Run the model on the words and show the results.</source>
        <translation>Das Modell auf die Wörter anwenden und die Ergebnisse zeigen.</translation>
    </message>
    <message>
        <source>Run the models that are missing, damaged or failed; the others are kept.</source>
        <translation>Modelle rechnen, die fehlen, beschädigt oder gescheitert sind; die anderen bleiben.</translation>
    </message>
    <message>
        <source>Run the sweep {file}</source>
        <translation>Reihe {file} rechnen</translation>
    </message>
    <message>
        <source>Runs on</source>
        <translation>Läuft auf</translation>
    </message>
    <message>
        <source>R² {r2}, adjusted {adjusted}</source>
        <translation>R² {r2}, berichtigt {adjusted}</translation>
    </message>
    <message>
        <source>S&amp;weep</source>
        <translation>&amp;Reihe</translation>
    </message>
    <message>
        <source>SE</source>
        <translation>SE</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>Beispiel</translation>
    </message>
    <message>
        <source>Sampler chain</source>
        <translation>Sampler-Kette</translation>
    </message>
    <message>
        <source>Save a Python script that computes all results again.</source>
        <translation>Ein Python-Skript speichern, das alle Ergebnisse erneut berechnet.</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Speichern unter…</translation>
    </message>
    <message>
        <source>Save chain</source>
        <translation>Kette speichern</translation>
    </message>
    <message>
        <source>Save changes?</source>
        <translation>Änderungen speichern?</translation>
    </message>
    <message>
        <source>Save data</source>
        <translation>Daten speichern</translation>
    </message>
    <message>
        <source>Save data…</source>
        <translation>Daten speichern…</translation>
    </message>
    <message>
        <source>Save e&amp;xperiment as…</source>
        <translation>Experiment speichern un&amp;ter…</translation>
    </message>
    <message>
        <source>Save experiment</source>
        <translation>Experiment speichern</translation>
    </message>
    <message>
        <source>Save experiment, results, selection and window, to go on from there.</source>
        <translation>Experiment, Ergebnisse, Auswahl und Fenster speichern, um dort weiterzuarbeiten.</translation>
    </message>
    <message>
        <source>Save figure</source>
        <translation>Abbildung speichern</translation>
    </message>
    <message>
        <source>Save figure…</source>
        <translation>Abbildung speichern…</translation>
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
        <source>Save script</source>
        <translation>Skript speichern</translation>
    </message>
    <message>
        <source>Save script…</source>
        <translation>Skript speichern…</translation>
    </message>
    <message>
        <source>Save session</source>
        <translation>Sitzung speichern</translation>
    </message>
    <message>
        <source>Save session &amp;as…</source>
        <translation>Sitzung speichern &amp;unter…</translation>
    </message>
    <message>
        <source>Save the changes to {file}?</source>
        <translation>Änderungen an {file} speichern?</translation>
    </message>
    <message>
        <source>Save the session under another name, with or without its activations.</source>
        <translation>Die Sitzung unter anderem Namen speichern, mit oder ohne ihre Aktivierungen.</translation>
    </message>
    <message>
        <source>Saved {file}</source>
        <translation>{file} gespeichert</translation>
    </message>
    <message>
        <source>Saving {file}…</source>
        <translation>{file} wird gespeichert…</translation>
    </message>
    <message>
        <source>Say what the example that was opened asks, and what there is to see.</source>
        <translation>Sagen, was das geöffnete Beispiel fragt und was es zu sehen gibt.</translation>
    </message>
    <message>
        <source>Say what the panel that has the keyboard shows.</source>
        <translation>Erklären, was die Ansicht mit der Tastatur zeigt.</translation>
    </message>
    <message>
        <source>Search the guide</source>
        <translation>Im Handbuch suchen</translation>
    </message>
    <message>
        <source>Second text</source>
        <translation>Zweiter Text</translation>
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
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>Seeds</source>
        <translation>Startwerte</translation>
    </message>
    <message>
        <source>Select a head first, as in the map of heads; then it is silenced.</source>
        <translation>Wählen Sie erst einen Kopf, etwa in der Karte der Köpfe; dann wird er stillgelegt.</translation>
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
        <source>Separability of categories</source>
        <translation>Trennbarkeit der Kategorien</translation>
    </message>
    <message>
        <source>Separability of the layer</source>
        <translation>Trennbarkeit in der Schicht</translation>
    </message>
    <message>
        <source>Session without activations, smaller</source>
        <translation>Sitzung ohne Aktivierungen, kleiner</translation>
    </message>
    <message>
        <source>Session, with activations</source>
        <translation>Sitzung, mit Aktivierungen</translation>
    </message>
    <message>
        <source>Sessions, experiments, word lists, models</source>
        <translation>Sitzungen, Experimente, Wortlisten, Modelle</translation>
    </message>
    <message>
        <source>Set how it looks and computes, and where models are kept.</source>
        <translation>Aussehen, Berechnung und Speicherort der Modelle einstellen.</translation>
    </message>
    <message>
        <source>Set what the selected head gives to zero, and show what that changes.</source>
        <translation>Was der ausgewählte Kopf gibt, auf null setzen, und zeigen, was das ändert.</translation>
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
        <source>Show Fisher z = atanh(r) instead of r.</source>
        <translation>Fisher-z = atanh(r) statt r zeigen.</translation>
    </message>
    <message>
        <source>Show all panels again (Esc).</source>
        <translation>Alle Ansichten wieder zeigen (Esc).</translation>
    </message>
    <message>
        <source>Show examples, recent files and models.</source>
        <translation>Beispiele, zuletzt geöffnete Dateien und Modelle zeigen.</translation>
    </message>
    <message>
        <source>Show it; it can then be saved.</source>
        <translation>Sie zeigen; dann lässt sie sich speichern.</translation>
    </message>
    <message>
        <source>Show the altered model</source>
        <translation>Das veränderte Modell zeigen</translation>
    </message>
    <message>
        <source>Show the altered model on all pages, or the model as it is.</source>
        <translation>Auf allen Seiten das veränderte Modell zeigen oder das unveränderte.</translation>
    </message>
    <message>
        <source>Show the sweep that was opened last.</source>
        <translation>Die Reihe zeigen, die zuletzt geöffnet wurde.</translation>
    </message>
    <message>
        <source>Show the table of contents (Alt+Home).</source>
        <translation>Das Inhaltsverzeichnis zeigen (Alt+Pos1).</translation>
    </message>
    <message>
        <source>Show what is computed, what waits, and what has ended.</source>
        <translation>Zeigen, was berechnet wird, was wartet und was zu Ende ist.</translation>
    </message>
    <message>
        <source>Show {chain}</source>
        <translation>{chain} zeigen</translation>
    </message>
    <message>
        <source>Show {title}.</source>
        <translation>{title} zeigen.</translation>
    </message>
    <message>
        <source>Show {what}</source>
        <translation>{what} zeigen</translation>
    </message>
    <message>
        <source>Shows the models whose name, family or licence has these letters.</source>
        <translation>Zeigt die Modelle, deren Name, Familie oder Lizenz diese Buchstaben enthält.</translation>
    </message>
    <message>
        <source>Silence a head of layer {layer}</source>
        <translation>Einen Kopf von Schicht {layer} stilllegen</translation>
    </message>
    <message>
        <source>Silence head {head} of layer {layer}</source>
        <translation>Kopf {head} von Schicht {layer} stilllegen</translation>
    </message>
    <message>
        <source>Site. Where the vectors of words are read.</source>
        <translation>Stelle. Wo die Vektoren der Wörter gelesen werden.</translation>
    </message>
    <message>
        <source>Site. Whose geometries are compared.</source>
        <translation>Stelle. Deren Geometrien verglichen werden.</translation>
    </message>
    <message>
        <source>Sites</source>
        <translation>Stellen</translation>
    </message>
    <message>
        <source>Sites at which words are compared: each with every other, in every layer.</source>
        <translation>Stellen, an denen Wörter verglichen werden: jede mit jeder anderen, in jeder Schicht.</translation>
    </message>
    <message>
        <source>Sites that are shown.</source>
        <translation>Stellen, die gezeigt werden.</translation>
    </message>
    <message>
        <source>Sites. Whose geometries are compared.</source>
        <translation>Stellen. Deren Geometrien verglichen werden.</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Size of the text.</source>
        <translation>Größe des Textes.</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Verlassen</translation>
    </message>
    <message>
        <source>Something went wrong that should not have: {error}</source>
        <translation>Es trat ein Fehler auf, der nicht sein dürfte: {error}</translation>
    </message>
    <message>
        <source>Sort</source>
        <translation>Sortieren</translation>
    </message>
    <message>
        <source>Sort back</source>
        <translation>Sortierung aufheben</translation>
    </message>
    <message>
        <source>Sort by category</source>
        <translation>Nach Kategorie sortieren</translation>
    </message>
    <message>
        <source>Sort by word</source>
        <translation>Nach Wort sortieren</translation>
    </message>
    <message>
        <source>Sort, move, rename or replace words.</source>
        <translation>Wörter sortieren, verschieben, umbenennen oder ersetzen.</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>State of the model: {title}</source>
        <translation>Zustand des Modells: {title}</translation>
    </message>
    <message>
        <source>Statistics of the text</source>
        <translation>Statistik des Textes</translation>
    </message>
    <message>
        <source>Statistics of the text, altered</source>
        <translation>Statistik des Textes, verändert</translation>
    </message>
    <message>
        <source>Statistics of words</source>
        <translation>Statistik der Wörter</translation>
    </message>
    <message>
        <source>Statistics of words, altered</source>
        <translation>Statistik der Wörter, verändert</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Halt</translation>
    </message>
    <message>
        <source>Stop at the tokens that the model declares</source>
        <translation>Bei den Tokens aufhören, die das Modell nennt</translation>
    </message>
    <message>
        <source>Stop at the tokens that the model declares, and at no others.</source>
        <translation>Bei den Tokens aufhören, die das Modell nennt, und bei keinen anderen.</translation>
    </message>
    <message>
        <source>Stop fetching.</source>
        <translation>Das Laden anhalten.</translation>
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
        <source>Stop watching the selected token.</source>
        <translation>Das ausgewählte Token nicht mehr beobachten.</translation>
    </message>
    <message>
        <source>Stop where the model says</source>
        <translation>Aufhören, wo das Modell es sagt</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>Stärke</translation>
    </message>
    <message>
        <source>Sum of words</source>
        <translation>Summe von Wörtern</translation>
    </message>
    <message>
        <source>Sweeps (*.toml)</source>
        <translation>Reihen (*.toml)</translation>
    </message>
    <message>
        <source>Switch chat template off</source>
        <translation>Chat-Vorlage ausschalten</translation>
    </message>
    <message>
        <source>Switch chat template on</source>
        <translation>Chat-Vorlage einschalten</translation>
    </message>
    <message>
        <source>Switch this sampler on or off.</source>
        <translation>Diesen Sampler ein- oder ausschalten.</translation>
    </message>
    <message>
        <source>Switch {name} off</source>
        <translation>{name} ausschalten</translation>
    </message>
    <message>
        <source>Switch {name} on</source>
        <translation>{name} einschalten</translation>
    </message>
    <message>
        <source>Switch {sampler} off</source>
        <translation>{sampler} ausschalten</translation>
    </message>
    <message>
        <source>Switch {sampler} on</source>
        <translation>{sampler} einschalten</translation>
    </message>
    <message>
        <source>Synonyms and followers</source>
        <translation>Verwandte und Folgende</translation>
    </message>
    <message>
        <source>System message</source>
        <translation>Systemnachricht</translation>
    </message>
    <message>
        <source>Tab-separated values (*.tsv)</source>
        <translation>Tabulatorgetrennte Werte (*.tsv)</translation>
    </message>
    <message>
        <source>Take back all interventions: the model is what it was.</source>
        <translation>Alle Eingriffe zurücknehmen: Das Modell ist, was es war.</translation>
    </message>
    <message>
        <source>Take back the last change of words, text, prompts, chain or choices.</source>
        <translation>Die letzte Änderung von Wörtern, Text, Prompts, Kette oder Einstellungen zurücknehmen.</translation>
    </message>
    <message>
        <source>Take the sample text</source>
        <translation>Beispieltext nehmen</translation>
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
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Text files…</source>
        <translation>Textdateien…</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Schriftgröße</translation>
    </message>
    <message>
        <source>Text to repeat</source>
        <translation>Text zum Wiederholen</translation>
    </message>
    <message>
        <source>Texts</source>
        <translation>Texte</translation>
    </message>
    <message>
        <source>Texts (*.txt *.md);;All (*)</source>
        <translation>Texte (*.txt *.md);;Alle (*)</translation>
    </message>
    <message>
        <source>Texts that were written before; they stay until you let go.</source>
        <translation>Früher geschriebene Texte; sie bleiben, bis sie losgelassen werden.</translation>
    </message>
    <message>
        <source>The altered model</source>
        <translation>Das veränderte Modell</translation>
    </message>
    <message>
        <source>The candidates that are left, best first; the mark is where the seed's number lands.</source>
        <translation>Die übrigen Kandidaten, der beste zuerst; die Marke zeigt, wohin die Zahl des Startwerts fällt.</translation>
    </message>
    <message>
        <source>The chain cannot be saved: {strerror}.</source>
        <translation>Die Kette lässt sich nicht speichern: {strerror}.</translation>
    </message>
    <message>
        <source>The chain of the cards</source>
        <translation>Die Kette der Karten</translation>
    </message>
    <message>
        <source>The chains to measure, one after the other.</source>
        <translation>Die zu messenden Ketten, eine nach der anderen.</translation>
    </message>
    <message>
        <source>The changelog is written in English.</source>
        <translation>Die Änderungen sind auf Englisch beschrieben.</translation>
    </message>
    <message>
        <source>The clipboard</source>
        <translation>Die Zwischenablage</translation>
    </message>
    <message>
        <source>The continuations of this prompt as a tree; the chosen one is shown. Below them stand texts that were written before; Delete lets go of one.</source>
        <translation>Die Fortsetzungen dieses Prompts als Baum; die gewählte wird gezeigt. Darunter stehen früher geschriebene Texte; Entf lässt einen los.</translation>
    </message>
    <message>
        <source>The correlation of each pair of sites over all, within and across categories.</source>
        <translation>Die Korrelation jedes Paares von Stellen über alle, innerhalb und zwischen Kategorien.</translation>
    </message>
    <message>
        <source>The device and the precision that are chosen for it.</source>
        <translation>Das dafür gewählte Gerät und die Genauigkeit.</translation>
    </message>
    <message>
        <source>The difference</source>
        <translation>Der Unterschied</translation>
    </message>
    <message>
        <source>The echo of a short beginning</source>
        <translation>Das Echo eines kurzen Anfangs</translation>
    </message>
    <message>
        <source>The file</source>
        <translation>Die Datei</translation>
    </message>
    <message>
        <source>The file has changed</source>
        <translation>Die Datei hat sich geändert</translation>
    </message>
    <message>
        <source>The first example is already running.</source>
        <translation>Das erste Beispiel läuft schon.</translation>
    </message>
    <message>
        <source>The first example is done.</source>
        <translation>Das erste Beispiel ist fertig.</translation>
    </message>
    <message>
        <source>The first token as a sink</source>
        <translation>Das erste Token als Abfluss</translation>
    </message>
    <message>
        <source>The layer that all panels show; drag the line in the curves.</source>
        <translation>Die Schicht, die alle Ansichten zeigen; die Linie in den Kurven lässt sich ziehen.</translation>
    </message>
    <message>
        <source>The length's logarithm, or how far it lies from its layer's.</source>
        <translation>Der Logarithmus der Länge, oder wie weit sie von dem ihrer Schicht liegt.</translation>
    </message>
    <message>
        <source>The loops found, one a row, with chain and seed.</source>
        <translation>Die gefundenen Schleifen, eine je Zeile, mit Kette und Startwert.</translation>
    </message>
    <message>
        <source>The model as it is</source>
        <translation>Das unveränderte Modell</translation>
    </message>
    <message>
        <source>The model of column {name} has no such token.</source>
        <translation>Das Modell der Spalte {name} hat kein solches Token.</translation>
    </message>
    <message>
        <source>The model that the open one is compared with.</source>
        <translation>Das Modell, mit dem das offene verglichen wird.</translation>
    </message>
    <message>
        <source>The model's score before softmax</source>
        <translation>Der Wert des Modells vor dem Softmax</translation>
    </message>
    <message>
        <source>The models have different tokens: these are matched by their exact text, and there is no distance over them.</source>
        <translation>Die Modelle haben verschiedene Tokens: Sie werden nach ihrem genauen Text zugeordnet, und es gibt keinen Abstand über sie.</translation>
    </message>
    <message>
        <source>The models of the sweep; a click, or Enter, opens the results of one.</source>
        <translation>Die Modelle der Reihe; ein Klick oder die Eingabetaste öffnet die Ergebnisse eines.</translation>
    </message>
    <message>
        <source>The number that has the first colour.</source>
        <translation>Die Zahl mit der ersten Farbe.</translation>
    </message>
    <message>
        <source>The number that has the last colour.</source>
        <translation>Die Zahl mit der letzten Farbe.</translation>
    </message>
    <message>
        <source>The numbers of the plot; Ctrl+C copies them. Column heads say what they hold.</source>
        <translation>Die Zahlen der Abbildung; Strg+C kopiert sie. Spaltenköpfe sagen, was darin steht.</translation>
    </message>
    <message>
        <source>The numbers of the plots: a file, or a folder.</source>
        <translation>Die Zahlen der Diagramme: eine Datei, oder ein Ordner.</translation>
    </message>
    <message>
        <source>The page after this one (Ctrl+Page down).</source>
        <translation>Die Seite nach dieser (Strg+Bild ab).</translation>
    </message>
    <message>
        <source>The page before this one (Ctrl+Page up).</source>
        <translation>Die Seite vor dieser (Strg+Bild auf).</translation>
    </message>
    <message>
        <source>The pages, or those that were found.</source>
        <translation>Die Seiten, oder die gefundenen.</translation>
    </message>
    <message>
        <source>The present one stays where it is.</source>
        <translation>Der jetzige bleibt, wo er ist.</translation>
    </message>
    <message>
        <source>The preview was cancelled. Change something to have it drawn.</source>
        <translation>Die Vorschau wurde abgebrochen. Nach einer Änderung wird sie gezeichnet.</translation>
    </message>
    <message>
        <source>The prompt with everything that the template adds.</source>
        <translation>Der Prompt mit allem, was die Vorlage hinzufügt.</translation>
    </message>
    <message>
        <source>The prompts; the chosen one is edited below.</source>
        <translation>Die Prompts; der gewählte wird unten bearbeitet.</translation>
    </message>
    <message>
        <source>The regression is undefined: {reason}.</source>
        <translation>Die Regression ist undefiniert: {reason}.</translation>
    </message>
    <message>
        <source>The saved chains cannot be read</source>
        <translation>Die gespeicherten Ketten lassen sich nicht lesen</translation>
    </message>
    <message>
        <source>The saved chains cannot be written: {strerror}.</source>
        <translation>Die gespeicherten Ketten lassen sich nicht schreiben: {strerror}.</translation>
    </message>
    <message>
        <source>The saved chains could not be read. A new file was begun; the damaged one is kept as {name} beside it.</source>
        <translation>Die gespeicherten Ketten ließen sich nicht lesen. Eine neue Datei wurde begonnen; die beschädigte bleibt als {name} daneben.</translation>
    </message>
    <message>
        <source>The sentence that every word is set into, at {word}.</source>
        <translation>Der Satz, in den jedes Wort gesetzt wird, bei {word}.</translation>
    </message>
    <message>
        <source>The session cannot be kept for later.</source>
        <translation>Die Sitzung lässt sich nicht für später aufheben.</translation>
    </message>
    <message>
        <source>The session cannot be kept for recovery.</source>
        <translation>Die Sitzung lässt sich nicht zur Wiederherstellung aufbewahren.</translation>
    </message>
    <message>
        <source>The site whose heads are compared.</source>
        <translation>Die Stelle, deren Köpfe verglichen werden.</translation>
    </message>
    <message>
        <source>The site whose layers are the columns.</source>
        <translation>Die Stelle, deren Schichten die Spalten sind.</translation>
    </message>
    <message>
        <source>The site whose layers are the rows.</source>
        <translation>Die Stelle, deren Schichten die Zeilen sind.</translation>
    </message>
    <message>
        <source>The table says why.</source>
        <translation>Die Tabelle sagt, warum.</translation>
    </message>
    <message>
        <source>The text loops: “{unit}”, period {period}, {n_repeats:.1f} times from generated token {onset} on.</source>
        <translation>Der Text läuft in einer Schleife: „{unit}“, Periode {period}, {n_repeats:.1f}-mal ab dem erzeugten Token {onset}.</translation>
    </message>
    <message>
        <source>The text that is captured; type, paste or drop it.</source>
        <translation>Der Text, der aufgezeichnet wird; tippen, einfügen oder fallen lassen.</translation>
    </message>
    <message>
        <source>The text that the blocks read; type, paste or drop it.</source>
        <translation>Der Text, den die Blöcke lesen; tippen, einfügen oder fallen lassen.</translation>
    </message>
    <message>
        <source>The text to repeat; \n is a line feed.</source>
        <translation>Der Text zum Wiederholen; \n ist ein Zeilenvorschub.</translation>
    </message>
    <message>
        <source>The texts were not added: {reason}.</source>
        <translation>Die Texte wurden nicht hinzugenommen: {reason}.</translation>
    </message>
    <message>
        <source>The two sites that are plotted against each other.</source>
        <translation>Die beiden Stellen, die gegeneinander aufgetragen sind.</translation>
    </message>
    <message>
        <source>The words as they were read</source>
        <translation>Die Wörter, wie sie gelesen wurden</translation>
    </message>
    <message>
        <source>The {n} generated token does not end in a loop.</source>
        <translation>Das {n} erzeugte Token endet nicht in einer Schleife.</translation>
    </message>
    <message>
        <source>The {n} generated tokens do not end in a loop.</source>
        <translation>Die {n} erzeugten Tokens enden nicht in einer Schleife.</translation>
    </message>
    <message>
        <source>There is no lens</source>
        <translation>Es gibt keine Linse</translation>
    </message>
    <message>
        <source>There is no {file} in {folder} any more; it was moved or deleted.</source>
        <translation>In {folder} gibt es {file} nicht mehr; die Datei wurde verschoben oder gelöscht.</translation>
    </message>
    <message>
        <source>There is not enough memory for this.</source>
        <translation>Dafür reicht der Speicher nicht.</translation>
    </message>
    <message>
        <source>There is nothing to export yet. Press Capture first.</source>
        <translation>Noch gibt es nichts zu exportieren. Zuerst aufzeichnen.</translation>
    </message>
    <message>
        <source>They have to be fetched again. A model that is open stays.</source>
        <translation>Sie müssen erneut geladen werden. Ein geöffnetes Modell bleibt.</translation>
    </message>
    <message>
        <source>This is not an experiment yet: it has no usable words.</source>
        <translation>Das ist noch kein Experiment: Es hat keine brauchbaren Wörter.</translation>
    </message>
    <message>
        <source>This is not an experiment yet: {reasons}.</source>
        <translation>Das ist noch kein Experiment: {reasons}.</translation>
    </message>
    <message>
        <source>This is too narrow for its type. Make it wider, or the type smaller.</source>
        <translation>Das ist zu schmal für die Schrift. Breiter machen, oder die Schrift kleiner.</translation>
    </message>
    <message>
        <source>This model</source>
        <translation>Dieses Modell</translation>
    </message>
    <message>
        <source>This model's file recommends no samplers (general.sampling.*).</source>
        <translation>Die Datei dieses Modells empfiehlt keine Sampler (general.sampling.*).</translation>
    </message>
    <message>
        <source>This prompt has not been read yet.</source>
        <translation>Dieser Prompt ist noch nicht gelesen.</translation>
    </message>
    <message>
        <source>Those on this computer, and those that can be fetched.</source>
        <translation>Die auf diesem Rechner, und die sich laden lassen.</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Threads</translation>
    </message>
    <message>
        <source>Tick at least one plot.</source>
        <translation>Mindestens ein Diagramm ankreuzen.</translation>
    </message>
    <message>
        <source>Tick the plots of the figure; drag them into order.</source>
        <translation>Die Diagramme der Abbildung ankreuzen und in ihre Reihenfolge ziehen.</translation>
    </message>
    <message>
        <source>To be fetched</source>
        <translation>Zu laden</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Token at which Q, K and V are correlated directly.</source>
        <translation>Token, an dem Q, K und V direkt korreliert werden.</translation>
    </message>
    <message>
        <source>Token to watch</source>
        <translation>Zu beobachtendes Token</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Tokens</translation>
    </message>
    <message>
        <source>Tokens of the text</source>
        <translation>Tokens des Textes</translation>
    </message>
    <message>
        <source>Tokens per seed</source>
        <translation>Tokens je Startwert</translation>
    </message>
    <message>
        <source>Tokens to run</source>
        <translation>Tokens zum Fortsetzen</translation>
    </message>
    <message>
        <source>Tokens to run, at most; fewer at a stop token.</source>
        <translation>Tokens zum Fortsetzen, höchstens; weniger bei einem Stopptoken.</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>Tour</source>
        <translation>Rundgang</translation>
    </message>
    <message>
        <source>Tours</source>
        <translation>Rundgänge</translation>
    </message>
    <message>
        <source>Transparent background</source>
        <translation>Durchsichtiger Hintergrund</translation>
    </message>
    <message>
        <source>Two models, the same words</source>
        <translation>Zwei Modelle, dieselben Wörter</translation>
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
        <source>Type prompt</source>
        <translation>Prompt tippen</translation>
    </message>
    <message>
        <source>Type system message</source>
        <translation>Systemnachricht tippen</translation>
    </message>
    <message>
        <source>Type text</source>
        <translation>Text tippen</translation>
    </message>
    <message>
        <source>Type words; the pages that have them are listed. Enter goes on to the next place.</source>
        <translation>Wörter tippen; die Seiten, die sie haben, werden genannt. Eingabe geht zur nächsten Stelle.</translation>
    </message>
    <message>
        <source>Type, paste or drop a text.</source>
        <translation>Text tippen, einfügen oder fallen lassen.</translation>
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
        <source>Untitled</source>
        <translation>Unbenannt</translation>
    </message>
    <message>
        <source>Up to so many copies.</source>
        <translation>Bis zu so viele Kopien.</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>Use the cache in {folder}?</source>
        <translation>Den Cache in {folder} verwenden?</translation>
    </message>
    <message>
        <source>Usual sizes; each sets width, text and picture.</source>
        <translation>Übliche Größen; jede setzt Breite, Text und Bild.</translation>
    </message>
    <message>
        <source>Vector graphics (*.svg)</source>
        <translation>Vektorgrafik (*.svg)</translation>
    </message>
    <message>
        <source>Verify the capture</source>
        <translation>Aufzeichnung prüfen</translation>
    </message>
    <message>
        <source>View data as table</source>
        <translation>Daten als Tabelle ansehen</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>Beobachten</translation>
    </message>
    <message>
        <source>Watch {token}</source>
        <translation>{token} beobachten</translation>
    </message>
    <message>
        <source>Watch {token} no longer</source>
        <translation>{token} nicht mehr beobachten</translation>
    </message>
    <message>
        <source>Watched tokens</source>
        <translation>Beobachtete Tokens</translation>
    </message>
    <message>
        <source>Watched: change the list under Watched tokens.</source>
        <translation>Beobachtet: Die Liste wird unter „Beobachtete Tokens“ geändert.</translation>
    </message>
    <message>
        <source>Way through the chain</source>
        <translation>Weg durch die Kette</translation>
    </message>
    <message>
        <source>What colours the donors.</source>
        <translation>Was die Geber färbt.</translation>
    </message>
    <message>
        <source>What colours the tokens.</source>
        <translation>Was die Tokens färbt.</translation>
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
        <source>What happens if a block hands on only what its MLP writes?</source>
        <translation>Was geschieht, wenn ein Block nur weitergibt, was sein MLP schreibt?</translation>
    </message>
    <message>
        <source>What has changed, as the changelog says it.</source>
        <translation>Was sich geändert hat, wie das Änderungsprotokoll es sagt (auf Englisch).</translation>
    </message>
    <message>
        <source>What has the letters that were typed.</source>
        <translation>Was die getippten Buchstaben enthält.</translation>
    </message>
    <message>
        <source>What heads are compared by.</source>
        <translation>Wonach Köpfe verglichen werden.</translation>
    </message>
    <message>
        <source>What is being computed, what waits, and what has ended lately.</source>
        <translation>Was berechnet wird, was wartet und was zuletzt zu Ende ging.</translation>
    </message>
    <message>
        <source>What is compared.</source>
        <translation>Was verglichen wird.</translation>
    </message>
    <message>
        <source>What is continued</source>
        <translation>Was fortgesetzt wird</translation>
    </message>
    <message>
        <source>What is continued, as the model reads it.</source>
        <translation>Was fortgesetzt wird, wie das Modell es liest.</translation>
    </message>
    <message>
        <source>What is done</source>
        <translation>Was geschieht</translation>
    </message>
    <message>
        <source>What is kept for later needs no file; the next start offers it.</source>
        <translation>Was für später aufgehoben wird, braucht keine Datei; der nächste Start bietet es an.</translation>
    </message>
    <message>
        <source>What is shown is being computed anew. It can be exported when that is done.</source>
        <translation>Das Gezeigte wird neu berechnet. Danach lässt es sich exportieren.</translation>
    </message>
    <message>
        <source>What is shown of the model: as it was altered, as it is, or the difference.</source>
        <translation>Was vom Modell gezeigt wird: wie es verändert wurde, wie es ist, oder der Unterschied.</translation>
    </message>
    <message>
        <source>What is shown of the neurons.</source>
        <translation>Was von den Neuronen gezeigt wird.</translation>
    </message>
    <message>
        <source>What is shown of the rotation.</source>
        <translation>Was von der Drehung gezeigt wird.</translation>
    </message>
    <message>
        <source>What is shown of the two models.</source>
        <translation>Was von den beiden Modellen gezeigt wird.</translation>
    </message>
    <message>
        <source>What is this?</source>
        <translation>Was ist das?</translation>
    </message>
    <message>
        <source>What is this? {title}</source>
        <translation>Was ist das? {title}</translation>
    </message>
    <message>
        <source>What it is called.</source>
        <translation>Wie es heißt.</translation>
    </message>
    <message>
        <source>What it is compared with, and how.</source>
        <translation>Womit verglichen wird, und wie.</translation>
    </message>
    <message>
        <source>What it shows is also a table: in the panel's menu.</source>
        <translation>Das Gezeigte gibt es auch als Tabelle: im Menü der Ansicht.</translation>
    </message>
    <message>
        <source>What it takes of memory once it is open.</source>
        <translation>Wie viel Speicher es geöffnet braucht.</translation>
    </message>
    <message>
        <source>What it takes on the disk, or what would be fetched.</source>
        <translation>Was es auf der Platte belegt, oder was zu laden wäre.</translation>
    </message>
    <message>
        <source>What repeats</source>
        <translation>Was sich wiederholt</translation>
    </message>
    <message>
        <source>What the altered model gives, less what the model as it is gives.</source>
        <translation>Was das veränderte Modell ergibt, weniger dem, was das unveränderte ergibt.</translation>
    </message>
    <message>
        <source>What the blocks do</source>
        <translation>Was die Blöcke tun</translation>
    </message>
    <message>
        <source>What the cells show.</source>
        <translation>Was die Zellen zeigen.</translation>
    </message>
    <message>
        <source>What the chat template puts before the text as the system's message.</source>
        <translation>Was die Chat-Vorlage als Nachricht des Systems vor den Text setzt.</translation>
    </message>
    <message>
        <source>What the curves show.</source>
        <translation>Was die Kurven zeigen.</translation>
    </message>
    <message>
        <source>What the guide says of the chosen topic.</source>
        <translation>Was das Handbuch zum gewählten Thema sagt.</translation>
    </message>
    <message>
        <source>What the map of layers and heads shows.</source>
        <translation>Was die Karte der Schichten und Köpfe zeigt.</translation>
    </message>
    <message>
        <source>What the numbers are means over.</source>
        <translation>Worüber die Zahlen Mittel sind.</translation>
    </message>
    <message>
        <source>What to continue. Ctrl+Enter reads it.</source>
        <translation>Was fortzusetzen ist. Strg+Eingabe liest es.</translation>
    </message>
    <message>
        <source>What to find</source>
        <translation>Suchbegriff</translation>
    </message>
    <message>
        <source>What was last asked about with “What is this?”.</source>
        <translation>Wonach zuletzt mit „Was ist das?“ gefragt wurde.</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>Where does “ snow” stand after a white hare, and where after a brown one?</source>
        <translation>Wo steht „ snow“ nach einem weißen Hasen, und wo nach einem braunen?</translation>
    </message>
    <message>
        <source>Where the words are compared.</source>
        <translation>Wo die Wörter verglichen werden.</translation>
    </message>
    <message>
        <source>Which chains the map shows.</source>
        <translation>Welche Ketten die Karte zeigt.</translation>
    </message>
    <message>
        <source>Which coefficients are drawn, or how much is explained.</source>
        <translation>Welche Koeffizienten gezeichnet werden, oder wie viel erklärt wird.</translation>
    </message>
    <message>
        <source>Which heads are compared.</source>
        <translation>Welche Köpfe verglichen werden.</translation>
    </message>
    <message>
        <source>Which heads hold the geometry of their layer, and which tell categories apart?</source>
        <translation>Welche Köpfe halten die Geometrie ihrer Schicht, und welche trennen Kategorien?</translation>
    </message>
    <message>
        <source>Which heads look at the same tokens, and do those carry the same away?</source>
        <translation>Welche Köpfe sehen auf dieselben Tokens, und tragen sie dasselbe fort?</translation>
    </message>
    <message>
        <source>Which norm of each layer is shown.</source>
        <translation>Welche Norm jeder Schicht gezeigt wird.</translation>
    </message>
    <message>
        <source>Which vector is looked up.</source>
        <translation>Welcher Vektor nachgeschlagen wird.</translation>
    </message>
    <message>
        <source>Which vector stands for a word of several tokens.</source>
        <translation>Welcher Vektor für ein Wort aus mehreren Tokens steht.</translation>
    </message>
    <message>
        <source>Whose lengths: what a block's attention or MLP gives to a token.</source>
        <translation>Wessen Längen: was Attention oder MLP eines Blocks einem Token geben.</translation>
    </message>
    <message>
        <source>Whose logit is made up of the parts.</source>
        <translation>Wessen Logit aus den Teilen besteht.</translation>
    </message>
    <message>
        <source>Whose probability or rank is shown.</source>
        <translation>Wessen Wahrscheinlichkeit oder Rang gezeigt wird.</translation>
    </message>
    <message>
        <source>Why do so many heads look at the first token, whatever it is?</source>
        <translation>Warum sehen so viele Köpfe auf das erste Token, was immer es ist?</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>Width of the figure.</source>
        <translation>Breite der Abbildung.</translation>
    </message>
    <message>
        <source>Without saving they are lost.</source>
        <translation>Ohne Speichern gehen sie verloren.</translation>
    </message>
    <message>
        <source>Word</source>
        <translation>Wort</translation>
    </message>
    <message>
        <source>Word list. The words that are scored.</source>
        <translation>Wortliste. Die Wörter, deren Werte gezeigt werden.</translation>
    </message>
    <message>
        <source>Word lists (*.csv *.tsv *.txt *.json)</source>
        <translation>Wortlisten (*.csv *.tsv *.txt *.json)</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Wörter</translation>
    </message>
    <message>
        <source>Words between signs that stand apart; Return looks the sum up.</source>
        <translation>Wörter zwischen Zeichen, die frei stehen; Eingabe schlägt die Summe nach.</translation>
    </message>
    <message>
        <source>Words in categories</source>
        <translation>Wörter in Kategorien</translation>
    </message>
    <message>
        <source>Words, head by head</source>
        <translation>Wörter, Kopf für Kopf</translation>
    </message>
    <message>
        <source>Write a JSON file that laminoscope sample --chain reads, too.</source>
        <translation>Eine JSON-Datei schreiben, die auch laminoscope sample --chain liest.</translation>
    </message>
    <message>
        <source>Write a list such as ["\n", ":"]. {error}</source>
        <translation>Eine Liste wie ["\n", ":"] schreiben. {error}</translation>
    </message>
    <message>
        <source>Write all results as CSV and NPZ, with their provenance, into a folder.</source>
        <translation>Alle Ergebnisse als CSV und NPZ mit ihrer Herkunft in einen Ordner schreiben.</translation>
    </message>
    <message>
        <source>Write over it</source>
        <translation>Überschreiben</translation>
    </message>
    <message>
        <source>Write results into {folder}</source>
        <translation>Ergebnisse nach {folder} schreiben</translation>
    </message>
    <message>
        <source>Write the data into a folder</source>
        <translation>Die Daten in einen Ordner schreiben</translation>
    </message>
    <message>
        <source>Write {file}</source>
        <translation>{file} schreiben</translation>
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
        <source>Wrote {file}</source>
        <translation>{file} geschrieben</translation>
    </message>
    <message>
        <source>Wrote {n} file</source>
        <translation>{n} Datei geschrieben</translation>
    </message>
    <message>
        <source>Wrote {n} files</source>
        <translation>{n} Dateien geschrieben</translation>
    </message>
    <message>
        <source>a second text: along the difference of both</source>
        <translation>ein zweiter Text: entlang des Unterschieds beider</translation>
    </message>
    <message>
        <source>a token, with the space before it</source>
        <translation>ein Token, mit dem Leerzeichen davor</translation>
    </message>
    <message>
        <source>about {time}</source>
        <translation>etwa {time}</translation>
    </message>
    <message>
        <source>after the chain</source>
        <translation>nach der Kette</translation>
    </message>
    <message>
        <source>after {chain}</source>
        <translation>nach {chain}</translation>
    </message>
    <message>
        <source>after {end} · {final:,} left by the chain</source>
        <translation>nach {end} · {final:,} nach der Kette übrig</translation>
    </message>
    <message>
        <source>after {token}, token {n}</source>
        <translation>nach {token}, Token {n}</translation>
    </message>
    <message>
        <source>all sites</source>
        <translation>alle Stellen</translation>
    </message>
    <message>
        <source>all; or as 0 3 5</source>
        <translation>alle; oder wie 0 3 5</translation>
    </message>
    <message>
        <source>also</source>
        <translation>auch</translation>
    </message>
    <message>
        <source>and {n} other categories</source>
        <translation>und {n} andere Kategorien</translation>
    </message>
    <message>
        <source>and {n} other category</source>
        <translation>und {n} andere Kategorie</translation>
    </message>
    <message>
        <source>another model was opened</source>
        <translation>ein anderes Modell wurde geöffnet</translation>
    </message>
    <message>
        <source>as 0 3 5</source>
        <translation>wie 0 3 5</translation>
    </message>
    <message>
        <source>as in the window</source>
        <translation>wie im Fenster</translation>
    </message>
    <message>
        <source>as many as the layers ask for</source>
        <translation>so viele, wie die Schichten brauchen</translation>
    </message>
    <message>
        <source>attention</source>
        <translation>Attention</translation>
    </message>
    <message>
        <source>attention heads</source>
        <translation>Attention-Köpfe</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>automatisch</translation>
    </message>
    <message>
        <source>by {model}</source>
        <translation>von {model}</translation>
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
        <source>captured: {n} token</source>
        <translation>aufgezeichnet: {n} Token</translation>
    </message>
    <message>
        <source>captured: {n} tokens</source>
        <translation>aufgezeichnet: {n} Tokens</translation>
    </message>
    <message>
        <source>chat template</source>
        <translation>Chat-Vorlage</translation>
    </message>
    <message>
        <source>chat: {text}</source>
        <translation>Chat: {text}</translation>
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
        <source>custom</source>
        <translation>eigene</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>beschädigt</translation>
    </message>
    <message>
        <source>distance {distance:.3f} from A</source>
        <translation>Abstand {distance:.3f} von A</translation>
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
        <source>double column</source>
        <translation>zwei Spalten</translation>
    </message>
    <message>
        <source>entropy</source>
        <translation>Entropie</translation>
    </message>
    <message>
        <source>entropy before it {value} nats</source>
        <translation>Entropie davor {value} Nat</translation>
    </message>
    <message>
        <source>entropy {entropy}
perplexity {perplexity}</source>
        <translation>Entropie {entropy}
Perplexität {perplexity}</translation>
    </message>
    <message>
        <source>entropy {n} nats</source>
        <translation>Entropie {n} Nats</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>first token</source>
        <translation>erstes Token</translation>
    </message>
    <message>
        <source>folded</source>
        <translation>eingeklappt</translation>
    </message>
    <message>
        <source>follow</source>
        <translation>verfolgen</translation>
    </message>
    <message>
        <source>head</source>
        <translation>Kopf</translation>
    </message>
    <message>
        <source>head {head}</source>
        <translation>Kopf {head}</translation>
    </message>
    <message>
        <source>here</source>
        <translation>vorhanden</translation>
    </message>
    <message>
        <source>id {id}</source>
        <translation>ID {id}</translation>
    </message>
    <message>
        <source>in the altered model</source>
        <translation>im veränderten Modell</translation>
    </message>
    <message>
        <source>in the model as it is</source>
        <translation>im unveränderten Modell</translation>
    </message>
    <message>
        <source>in {n} categories</source>
        <translation>in {n} Kategorien</translation>
    </message>
    <message>
        <source>in {n} category</source>
        <translation>in {n} Kategorie</translation>
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
        <source>last token</source>
        <translation>letztes Token</translation>
    </message>
    <message>
        <source>layer {layer} MLP</source>
        <translation>Schicht {layer} MLP</translation>
    </message>
    <message>
        <source>layer {layer} attention</source>
        <translation>Schicht {layer} Attention</translation>
    </message>
    <message>
        <source>layer {layer} head {which}</source>
        <translation>Schicht {layer} Kopf {which}</translation>
    </message>
    <message>
        <source>layer {layer} neuron {which}</source>
        <translation>Schicht {layer} Neuron {which}</translation>
    </message>
    <message>
        <source>layer {layer} stream</source>
        <translation>Schicht {layer} Strom</translation>
    </message>
    <message>
        <source>leading tokens left out</source>
        <translation>weggelassene erste Tokens</translation>
    </message>
    <message>
        <source>likeliest token</source>
        <translation>wahrscheinlichstes Token</translation>
    </message>
    <message>
        <source>likeliest {token}, p {p}</source>
        <translation>am wahrscheinlichsten {token}, p {p}</translation>
    </message>
    <message>
        <source>log norm at layer {layer} {value}</source>
        <translation>Log-Norm in Schicht {layer} {value}</translation>
    </message>
    <message>
        <source>logit</source>
        <translation>Logit</translation>
    </message>
    <message>
        <source>longer than thought</source>
        <translation>länger als gedacht</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>mean entropy {value} nats</source>
        <translation>mittlere Entropie {value} Nat</translation>
    </message>
    <message>
        <source>mean log norm at layer {layer} {value}</source>
        <translation>mittlere Log-Norm in Schicht {layer} {value}</translation>
    </message>
    <message>
        <source>mean of tokens</source>
        <translation>Mittel der Tokens</translation>
    </message>
    <message>
        <source>mean over carriers</source>
        <translation>Mittel über Trägersätze</translation>
    </message>
    <message>
        <source>mean surprisal {value}</source>
        <translation>mittlere Überraschung {value}</translation>
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
        <source>model alone</source>
        <translation>Modell allein</translation>
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
        <source>neurons</source>
        <translation>Neuronen</translation>
    </message>
    <message>
        <source>no distance</source>
        <translation>kein Abstand</translation>
    </message>
    <message>
        <source>no model</source>
        <translation>kein Modell</translation>
    </message>
    <message>
        <source>no other models are compared by now</source>
        <translation>inzwischen werden keine anderen Modelle mehr verglichen</translation>
    </message>
    <message>
        <source>no {site}: {reason}</source>
        <translation>kein {site}: {reason}</translation>
    </message>
    <message>
        <source>none: only the length ends a text</source>
        <translation>keinem: Nur die Länge beendet einen Text</translation>
    </message>
    <message>
        <source>none: the likeliest token is shown</source>
        <translation>keins: das wahrscheinlichste wird gezeigt</translation>
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
        <source>not run</source>
        <translation>nicht gerechnet</translation>
    </message>
    <message>
        <source>not used: {tensor}</source>
        <translation>nicht verwendet: {tensor}</translation>
    </message>
    <message>
        <source>nothing to draw</source>
        <translation>nichts zu ziehen</translation>
    </message>
    <message>
        <source>number of copies</source>
        <translation>Zahl der Kopien</translation>
    </message>
    <message>
        <source>number of seeds</source>
        <translation>Zahl der Startwerte</translation>
    </message>
    <message>
        <source>number of tokens</source>
        <translation>Zahl der Tokens</translation>
    </message>
    <message>
        <source>numbers lane</source>
        <translation>Zahlen-Spur</translation>
    </message>
    <message>
        <source>off or without effect here</source>
        <translation>aus oder hier ohne Wirkung</translation>
    </message>
    <message>
        <source>offload: what does not fit stays on disk</source>
        <translation>offload: was nicht hineinpasst, bleibt auf der Platte</translation>
    </message>
    <message>
        <source>one a core ({n})</source>
        <translation>einer je Kern ({n})</translation>
    </message>
    <message>
        <source>open</source>
        <translation>geöffnet</translation>
    </message>
    <message>
        <source>out</source>
        <translation>entfernt</translation>
    </message>
    <message>
        <source>over all seeds</source>
        <translation>über alle Startwerte</translation>
    </message>
    <message>
        <source>p, q and the 95 % interval of each predictor.</source>
        <translation>p, q und das 95-%-Intervall jedes Prädiktors.</translation>
    </message>
    <message>
        <source>permutations</source>
        <translation>Permutationen</translation>
    </message>
    <message>
        <source>position</source>
        <translation>Position</translation>
    </message>
    <message>
        <source>predictors</source>
        <translation>Prädiktoren</translation>
    </message>
    <message>
        <source>put in from the second text</source>
        <translation>aus dem zweiten Text einsetzen</translation>
    </message>
    <message>
        <source>rank</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>read-only</source>
        <translation>schreibgeschützt</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>entfernt</translation>
    </message>
    <message>
        <source>removed by the chain</source>
        <translation>von der Kette entfernt</translation>
    </message>
    <message>
        <source>removed by {sampler}</source>
        <translation>von {sampler} entfernt</translation>
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
        <source>saving takes {time}</source>
        <translation>Speichern dauert {time}</translation>
    </message>
    <message>
        <source>scale</source>
        <translation>skalieren</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>single column</source>
        <translation>eine Spalte</translation>
    </message>
    <message>
        <source>site</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>skip the residual</source>
        <translation>ohne Residuum</translation>
    </message>
    <message>
        <source>slide</source>
        <translation>Folie</translation>
    </message>
    <message>
        <source>something else was opened</source>
        <translation>etwas anderes wurde geöffnet</translation>
    </message>
    <message>
        <source>steer</source>
        <translation>lenken</translation>
    </message>
    <message>
        <source>step {n} of {all}</source>
        <translation>Schritt {n} von {all}</translation>
    </message>
    <message>
        <source>stop at</source>
        <translation>Halt bei</translation>
    </message>
    <message>
        <source>stream</source>
        <translation>Strom</translation>
    </message>
    <message>
        <source>sum of words</source>
        <translation>Summe von Wörtern</translation>
    </message>
    <message>
        <source>surprisal</source>
        <translation>Überraschung</translation>
    </message>
    <message>
        <source>surprisal {value}</source>
        <translation>Überraschung {value}</translation>
    </message>
    <message>
        <source>text to repeat</source>
        <translation>Text zum Wiederholen</translation>
    </message>
    <message>
        <source>the figure</source>
        <translation>Abbildung</translation>
    </message>
    <message>
        <source>the model is altered otherwise by now</source>
        <translation>das Modell ist inzwischen anders verändert</translation>
    </message>
    <message>
        <source>the prompt</source>
        <translation>dem Prompt</translation>
    </message>
    <message>
        <source>the prompts are others by now</source>
        <translation>die Prompts sind inzwischen andere</translation>
    </message>
    <message>
        <source>the reference</source>
        <translation>der Bezug</translation>
    </message>
    <message>
        <source>the text so far</source>
        <translation>dem bisherigen Text</translation>
    </message>
    <message>
        <source>this chain</source>
        <translation>diese Kette</translation>
    </message>
    <message>
        <source>this session</source>
        <translation>dieser Sitzung</translation>
    </message>
    <message>
        <source>to fetch</source>
        <translation>zu laden</translation>
    </message>
    <message>
        <source>token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>tokens per seed</source>
        <translation>Tokens je Startwert</translation>
    </message>
    <message>
        <source>under</source>
        <translation>mit</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>what is continued</source>
        <translation>Was fortgesetzt wird</translation>
    </message>
    <message>
        <source>what it is computed from is not there</source>
        <translation>woraus es berechnet wird, ist nicht da</translation>
    </message>
    <message>
        <source>what was not saved</source>
        <translation>dem Ungespeicherten</translation>
    </message>
    <message>
        <source>with</source>
        <translation>mit</translation>
    </message>
    <message>
        <source>writing {file}</source>
        <translation>{file} wird geschrieben</translation>
    </message>
    <message>
        <source>zero</source>
        <translation>null</translation>
    </message>
    <message>
        <source>{about} It is opened in the background, beside the open model.</source>
        <translation>{about} Es wird im Hintergrund geöffnet, neben dem offenen Modell.</translation>
    </message>
    <message>
        <source>{command} {step}</source>
        <translation>{command}: {step}</translation>
    </message>
    <message>
        <source>{distance:.3f} from A</source>
        <translation>{distance:.3f} von A</translation>
    </message>
    <message>
        <source>{done} in {panel}</source>
        <translation>{done} in {panel}</translation>
    </message>
    <message>
        <source>{done} of {n} model done</source>
        <translation>{done} von {n} Modell fertig</translation>
    </message>
    <message>
        <source>{done} of {n} models done</source>
        <translation>{done} von {n} Modellen fertig</translation>
    </message>
    <message>
        <source>{ended}, after {time}</source>
        <translation>{ended} nach {time}</translation>
    </message>
    <message>
        <source>{few} and {n} more</source>
        <translation>{few} und {n} weitere</translation>
    </message>
    <message>
        <source>{file} could not be saved: {reason}.</source>
        <translation>{file} konnte nicht gespeichert werden: {reason}.</translation>
    </message>
    <message>
        <source>{file} could not be written: {reason}.</source>
        <translation>{file} konnte nicht geschrieben werden: {reason}.</translation>
    </message>
    <message>
        <source>{file} has changed since it was opened here.</source>
        <translation>{file} hat sich geändert, seit es hier geöffnet wurde.</translation>
    </message>
    <message>
        <source>{file} is none of what can be opened: a session ({session}), a sweep's folder, an experiment (.toml), a word list (.csv), a model (.gguf or a folder).</source>
        <translation>{file} ist nichts, was geöffnet werden kann: eine Sitzung ({session}), der Ordner einer Reihe, ein Experiment (.toml), eine Wortliste (.csv), ein Modell (.gguf oder ein Ordner).</translation>
    </message>
    <message>
        <source>{file} is there already; choose it to replace it.</source>
        <translation>{file} gibt es schon; zum Ersetzen auswählen.</translation>
    </message>
    <message>
        <source>{file} was written by a newer version of Laminoscope. It is shown as far as it is known here and can only be saved under another name.</source>
        <translation>{file} stammt von einer neueren Version von Laminoscope. Die Datei wird gezeigt, soweit sie hier bekannt ist, und lässt sich nur unter anderem Namen speichern.</translation>
    </message>
    <message>
        <source>{folder} ({variable} says so)</source>
        <translation>{folder} (durch {variable} vorgegeben)</translation>
    </message>
    <message>
        <source>{folder} cannot be written</source>
        <translation>{folder} lässt sich nicht beschreiben</translation>
    </message>
    <message>
        <source>{folder} is not empty and holds no sweep. Choose an empty folder, or a sweep's.</source>
        <translation>{folder} ist nicht leer und enthält keine Reihe. Wählen Sie einen leeren Ordner oder den einer Reihe.</translation>
    </message>
    <message>
        <source>{folder} is not the folder of a sweep.</source>
        <translation>{folder} ist nicht der Ordner einer Reihe.</translation>
    </message>
    <message>
        <source>{help} Drag to move it.</source>
        <translation>{help} Ziehen verschiebt ihn.</translation>
    </message>
    <message>
        <source>{label}: {low} to {high}</source>
        <translation>{label}: {low} bis {high}</translation>
    </message>
    <message>
        <source>{memory}, too much</source>
        <translation>{memory}, zu viel</translation>
    </message>
    <message>
        <source>{model} (open)</source>
        <translation>{model} (offen)</translation>
    </message>
    <message>
        <source>{model} as it opens here is not exactly the model of the session.</source>
        <translation>{model}, wie es sich hier öffnet, ist nicht genau das Modell der Sitzung.</translation>
    </message>
    <message>
        <source>{model} is not on this computer yet.</source>
        <translation>{model} ist noch nicht auf diesem Rechner.</translation>
    </message>
    <message>
        <source>{model} itself</source>
        <translation>{model} selbst</translation>
    </message>
    <message>
        <source>{model} was not deleted.</source>
        <translation>{model} wurde nicht gelöscht.</translation>
    </message>
    <message>
        <source>{model} was opened</source>
        <translation>{model} wurde geöffnet</translation>
    </message>
    <message>
        <source>{n:,} left</source>
        <translation>{n:,} übrig</translation>
    </message>
    <message>
        <source>{n_tokens} tokens in column {name}; the first is shown.</source>
        <translation>{n_tokens} Tokens in Spalte {name}; das erste wird gezeigt.</translation>
    </message>
    <message>
        <source>{name} cannot be read as a text: {reason}.</source>
        <translation>{name} lässt sich nicht als Text lesen: {reason}.</translation>
    </message>
    <message>
        <source>{name} cannot be saved: {strerror}.</source>
        <translation>{name} lässt sich nicht speichern: {strerror}.</translation>
    </message>
    <message>
        <source>{name} is no token.</source>
        <translation>{name} ist kein Token.</translation>
    </message>
    <message>
        <source>{name} is {n_tokens} tokens; the first is watched.</source>
        <translation>{name} sind {n_tokens} Tokens; das erste wird beobachtet.</translation>
    </message>
    <message>
        <source>{name} rank</source>
        <translation>{name} Rang</translation>
    </message>
    <message>
        <source>{name} through the chain</source>
        <translation>{name} durch die Kette</translation>
    </message>
    <message>
        <source>{n} chains</source>
        <translation>{n} Ketten</translation>
    </message>
    <message>
        <source>{n} character</source>
        <translation>{n} Zeichen</translation>
    </message>
    <message>
        <source>{n} characters</source>
        <translation>{n} Zeichen</translation>
    </message>
    <message>
        <source>{n} further text</source>
        <translation>{n} weiterer Text</translation>
    </message>
    <message>
        <source>{n} further texts</source>
        <translation>{n} weitere Texte</translation>
    </message>
    <message>
        <source>{n} in a row</source>
        <translation>{n} je Zeile</translation>
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
        <source>{n} layer</source>
        <translation>{n} Schicht</translation>
    </message>
    <message>
        <source>{n} layers</source>
        <translation>{n} Schichten</translation>
    </message>
    <message>
        <source>{n} line</source>
        <translation>{n} Zeile</translation>
    </message>
    <message>
        <source>{n} lines</source>
        <translation>{n} Zeilen</translation>
    </message>
    <message>
        <source>{n} model failed.</source>
        <translation>{n} Modell ist gescheitert.</translation>
    </message>
    <message>
        <source>{n} models failed.</source>
        <translation>{n} Modelle sind gescheitert.</translation>
    </message>
    <message>
        <source>{n} more wait.</source>
        <translation>{n} weitere warten.</translation>
    </message>
    <message>
        <source>{n} of them stood in the list already.</source>
        <translation>{n} davon standen schon in der Liste.</translation>
    </message>
    <message>
        <source>{n} of {category}</source>
        <translation>{n} aus {category}</translation>
    </message>
    <message>
        <source>{n} row to look at</source>
        <translation>{n} Zeile zum Ansehen</translation>
    </message>
    <message>
        <source>{n} rows to look at</source>
        <translation>{n} Zeilen zum Ansehen</translation>
    </message>
    <message>
        <source>{n} token</source>
        <translation>{n} Token</translation>
    </message>
    <message>
        <source>{n} tokens</source>
        <translation>{n} Tokens</translation>
    </message>
    <message>
        <source>{n} tokens selected</source>
        <translation>{n} Tokens ausgewählt</translation>
    </message>
    <message>
        <source>{n} tokens: similarities use the pooling chosen above.</source>
        <translation>{n} Tokens: Ähnlichkeiten nehmen den oben gewählten Vektor.</translation>
    </message>
    <message>
        <source>{n} word</source>
        <translation>{n} Wort</translation>
    </message>
    <message>
        <source>{n} words</source>
        <translation>{n} Wörter</translation>
    </message>
    <message>
        <source>{n} × {length} random tokens</source>
        <translation>{n} × {length} zufällige Tokens</translation>
    </message>
    <message>
        <source>{panel} shows nothing that could be exported yet.</source>
        <translation>{panel} zeigt noch nichts, was sich exportieren ließe.</translation>
    </message>
    <message>
        <source>{probability} after the chain</source>
        <translation>{probability} nach der Kette</translation>
    </message>
    <message>
        <source>{sampler} menu</source>
        <translation>Menü von {sampler}</translation>
    </message>
    <message>
        <source>{sampler} on</source>
        <translation>{sampler} ein</translation>
    </message>
    <message>
        <source>{sampler} takes over the final choice.</source>
        <translation>{sampler} übernimmt die letzte Wahl.</translation>
    </message>
    <message>
        <source>{sampler}, {state}: unfold</source>
        <translation>{sampler}, {state}: ausklappen</translation>
    </message>
    <message>
        <source>{sampler}: {state}. Click to see and set it.</source>
        <translation>{sampler}: {state}. Klicken, um ihn zu sehen und einzustellen.</translation>
    </message>
    <message>
        <source>{setting} says it.</source>
        <translation>{setting} gibt es vor.</translation>
    </message>
    <message>
        <source>{shown}   token {token}, id {id}</source>
        <translation>{shown}   Token {token}, ID {id}</translation>
    </message>
    <message>
        <source>{sites} agree least on:</source>
        <translation>{sites} stimmen am wenigsten überein bei:</translation>
    </message>
    <message>
        <source>{size} are free now.</source>
        <translation>{size} sind jetzt frei.</translation>
    </message>
    <message>
        <source>{size} of memory free</source>
        <translation>{size} Speicher frei</translation>
    </message>
    <message>
        <source>{size} on disk</source>
        <translation>{size} auf der Platte</translation>
    </message>
    <message>
        <source>{size} points</source>
        <translation>{size} Punkt</translation>
    </message>
    <message>
        <source>{step} in place of all</source>
        <translation>{step} statt aller</translation>
    </message>
    <message>
        <source>{task}: its panels and its inputs.</source>
        <translation>{task}: Ansichten und Eingaben.</translation>
    </message>
    <message>
        <source>{text} · changed meanwhile</source>
        <translation>{text} · inzwischen geändert</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>noch {time}</translation>
    </message>
    <message>
        <source>{token}
rank {rank}, p = {probability}
{where}</source>
        <translation>{token}
Rang {rank}, p = {probability}
{where}</translation>
    </message>
    <message>
        <source>{token} (id {id}): click to go on after it.</source>
        <translation>{token} (ID {id}): Klicken, um danach weiterzuschreiben.</translation>
    </message>
    <message>
        <source>… of layers</source>
        <translation>… der Schichten</translation>
    </message>
    <message>
        <source>… of signed numbers</source>
        <translation>… mit Vorzeichen</translation>
    </message>
    <message>
        <source>… of signed values</source>
        <translation>… mit Vorzeichen</translation>
    </message>
    <message>
        <source>≠ altered</source>
        <translation>≠ verändert</translation>
    </message>
</context>
</TS>
