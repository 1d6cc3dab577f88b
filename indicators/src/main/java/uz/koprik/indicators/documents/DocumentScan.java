package uz.koprik.indicators.documents;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import uz.koprik.indicators.documents.Passage.Standing;
import uz.koprik.indicators.observable.Defang;
import uz.koprik.indicators.observable.NetworkRole;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.text.RecognisedValue;
import uz.koprik.indicators.observable.text.Recognition;
import uz.koprik.indicators.wording.Sentence;

/** Collects the values of passages, with places, sentences and doubts. */
final class DocumentScan {

    /** Characters that are looked through at one time. */
    private static final int PIECE = 32 << 10;

    private static final int MOST_PLACES = 5;
    private static final int MOST_WARNINGS = 50;
    private static final int MOST_FILES = 1_000;

    private final Recognition recognition;
    private final int most;
    private final Map<Key, Finding> found = new LinkedHashMap<>();
    private final Map<Key, Finding> leftOut = new LinkedHashMap<>();
    private final List<AttachedFile> files = new ArrayList<>();
    private final Set<DocumentValues.Warning> warnings = new LinkedHashSet<>();
    private String title = "";
    private boolean defanged;
    private boolean anyText;

    DocumentScan(Recognition recognition, int most) {
        this.recognition = recognition;
        this.most = most;
    }

    private record Key(Observable observable, Optional<Integer> port) {}

    /** What is known of one value so far. */
    private static final class Finding {
        private final RecognisedValue value;
        private final String spelling;
        private final List<String> places = new ArrayList<>();
        private String sentence;
        private String doubt;
        private boolean live = true;
        private int count;

        Finding(RecognisedValue value, String spelling, String sentence, String doubt) {
            this.value = value;
            this.spelling = spelling;
            this.sentence = sentence;
            this.doubt = doubt;
        }

        FoundValue value(String reason) {
            return new FoundValue(value.observable(), value.port(), spelling, reason, places, count, sentence);
        }
    }

    void title(String text) {
        if (title.isEmpty()) {
            title = text.length() > Sentences.LONGEST ? text.substring(0, Sentences.LONGEST) : text;
        }
    }

    void warning(String place, Sentence sentence) {
        if (warnings.size() < MOST_WARNINGS) {
            warnings.add(new DocumentValues.Warning(place, sentence));
        }
    }

    void file(AttachedFile file) {
        if (files.size() < MOST_FILES) {
            files.add(file);
        }
    }

    /** Whether any passage had a character that shows. */
    boolean anyText() {
        return anyText;
    }

    void passage(Passage passage) throws DocumentRefused {
        String text = passage.text();
        anyText |= !text.isBlank();
        int line = passage.firstLine();
        for (int from = 0, to; from < text.length(); from = to) {
            to = pieceEnd(text, from);
            String piece = text.substring(from, to);
            int lineOfValue = line;
            int counted = 0;
            for (RecognisedValue value : recognition.recognise(piece)) {
                if (line > 0) {
                    lineOfValue += lines(piece, counted, value.start());
                    counted = Math.max(counted, value.start());
                }
                add(passage, piece, value, lineOfValue);
            }
            line += line > 0 ? lines(piece, 0, piece.length()) : 0;
        }
    }

    /** Cuts at the end of a line, else between words. */
    private static int pieceEnd(String text, int from) {
        int to = from + PIECE;
        if (to >= text.length()) {
            return text.length();
        }
        int line = text.lastIndexOf('\n', to - 1);
        if (line >= from + PIECE / 2) {
            return line + 1;
        }
        int word = to;
        while (word > from + PIECE / 2 && !Character.isWhitespace(text.charAt(word))) {
            word--;
        }
        return word > from + PIECE / 2 ? word : to;
    }

    private static int lines(String text, int from, int to) {
        int lines = 0;
        for (int i = text.indexOf('\n', from); i >= 0 && i < to; i = text.indexOf('\n', i + 1)) {
            lines++;
        }
        return lines;
    }

    private void add(Passage passage, String piece, RecognisedValue value, int line) throws DocumentRefused {
        String spelling = piece.substring(value.start(), value.end());
        boolean isDefanged = !Defang.refang(spelling).equals(spelling);
        String place = line == 0
                ? passage.place()
                : passage.place().isEmpty() ? "line " + line : passage.place() + ", line " + line;
        Map<Key, Finding> where = passage.standing() == Standing.LEFT_OUT ? leftOut : found;
        String doubt =
                switch (passage.standing()) {
                    case LEFT_OUT -> passage.reason();
                    case DOUBTFUL -> isDefanged ? "" : passage.reason();
                    case TEXT -> DocumentDoubts.of(piece, value);
                    case LAID_OUT -> DocumentDoubts.laidOut(piece, value);
                };
        Key key = new Key(value.observable(), value.port());
        Finding finding = where.get(key);
        if (finding == null) {
            if (found.size() + leftOut.size() >= most) {
                throw new DocumentRefused(DocumentFault.MANY_VALUES.of(most));
            }
            finding = new Finding(value, spelling, Sentences.around(piece, value.start(), value.end()), doubt);
            where.put(key, finding);
        } else if (!finding.doubt.isEmpty() && doubt.isEmpty()) {
            finding.doubt = "";
            finding.sentence = Sentences.around(piece, value.start(), value.end());
        }
        finding.count++;
        finding.live &= !isDefanged;
        defanged |= isDefanged && isName(value.observable());
        if (finding.places.size() < MOST_PLACES && !finding.places.contains(place)) {
            finding.places.add(place);
        }
    }

    /** All values, each once, in the order of the document. */
    List<FoundValue> values() {
        Set<Observable> recipients = new HashSet<>();
        leftOut.keySet().forEach(key -> recipients.add(key.observable()));
        found.values().forEach(this::maskRecipients);
        List<FoundValue> values = new ArrayList<>();
        found.forEach((key, finding) -> {
            if (!recipients.contains(key.observable())) {
                values.add(finding.value(doubt(finding)));
            }
        });
        return values;
    }

    /** A sentence may be stored with an indicator; addresses of recipients are personal data of victims. */
    private void maskRecipients(Finding finding) {
        for (Finding recipient : leftOut.values()) {
            if (finding.sentence.length() >= recipient.spelling.length()) {
                finding.sentence = Pattern.compile(Pattern.quote(recipient.spelling), Pattern.CASE_INSENSITIVE)
                        .matcher(finding.sentence)
                        .replaceAll("[recipient]");
            }
        }
    }

    /** In a document that defangs, what a click would open is usually a source and no indicator. */
    private String doubt(Finding finding) {
        boolean live = defanged && finding.live && isName(finding.value.observable());
        return finding.doubt.isEmpty() && live ? DocumentDoubts.LIVE : finding.doubt;
    }

    private static boolean isName(Observable value) {
        return value.kind().networkRole() == NetworkRole.HOST_NAME
                || value.kind().networkRole() == NetworkRole.URL
                || value.kind() == ObservableKind.EMAIL;
    }

    List<FoundValue> leftOut() {
        return leftOut.values().stream()
                .map(finding -> finding.value(finding.doubt))
                .toList();
    }

    String title() {
        return title;
    }

    List<AttachedFile> files() {
        return files;
    }

    List<DocumentValues.Warning> warnings() {
        return List.copyOf(warnings);
    }
}
