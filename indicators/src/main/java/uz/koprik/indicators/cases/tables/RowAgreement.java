package uz.koprik.indicators.cases.tables;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uz.koprik.indicators.cases.Loss;
import uz.koprik.indicators.imports.ImportRefused;
import uz.koprik.indicators.imports.layout.FileFault;
import uz.koprik.indicators.imports.layout.ImportSentence;
import uz.koprik.indicators.wording.Sentence;

/**
 * Several rows may speak of one case, as long as they do not contradict one another: then the last one would hold, and
 * importing the file again would change the case to and fro. Keeps a few numbers per case, never what rows say.
 */
final class RowAgreement {

    /** Bounds memory. */
    static final int MAX_CASES = 250_000;

    private static final List<CaseMapping.Field> FIELDS = List.of(CaseMapping.Field.values());

    private final Map<String, int[]> said = new HashMap<>();
    private final Map<String, Integer> losses = new HashMap<>();

    /**
     * Remembers a row, unless it contradicts an earlier one.
     *
     * @return what it contradicts
     * @throws ImportRefused when there are too many cases in one file
     */
    Optional<CaseRowReader.Fault> with(CaseRow row) throws ImportRefused {
        if (said.size() == MAX_CASES && !said.containsKey(row.number())) {
            throw new ImportRefused(FileFault.MANY_CASES.of(MAX_CASES, row.line()));
        }
        int[] before = said.computeIfAbsent(row.number(), n -> new int[FIELDS.size()]);
        int[] now = new int[FIELDS.size()];
        row.texts().forEach((field, text) -> now[FIELDS.indexOf(field)] = hash(text));
        row.opened().ifPresent(t -> now[FIELDS.indexOf(CaseMapping.Field.OPENED)] = hash(t.toString()));
        row.closed().ifPresent(t -> now[FIELDS.indexOf(CaseMapping.Field.CLOSED)] = hash(t.toString()));
        for (int i = 0; i < now.length; i++) {
            if (now[i] != 0 && before[i] != 0 && now[i] != before[i]) {
                return contradiction(
                        ImportSentence.CONTRADICTION.of(FIELDS.get(i).word()));
            }
        }
        for (Loss loss : row.losses()) {
            Integer known = losses.get(key(row, loss));
            if (known != null && known != hash(loss.text())) {
                return contradiction(ImportSentence.OTHER_LOSS.of());
            }
        }
        for (int i = 0; i < now.length; i++) {
            before[i] = now[i] != 0 ? now[i] : before[i];
        }
        row.losses().forEach(loss -> losses.put(key(row, loss), hash(loss.text())));
        return Optional.empty();
    }

    private static Optional<CaseRowReader.Fault> contradiction(Sentence reason) {
        return Optional.of(new CaseRowReader.Fault("", reason));
    }

    private static String key(CaseRow row, Loss loss) {
        return row.number() + '\n' + loss.currency() + '\n' + loss.note();
    }

    /** Never 0, which stands for nothing said. */
    private static int hash(String text) {
        int hash = text.hashCode();
        return hash == 0 ? 1 : hash;
    }
}
