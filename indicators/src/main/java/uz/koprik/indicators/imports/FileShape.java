package uz.koprik.indicators.imports;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import uz.koprik.indicators.imports.layout.FileFault;

/** Files that are not what their name or their first bytes say: read as lists of values they would mislead. */
final class FileShape {

    /** First bytes of formats, by the ending of the name. */
    private static final Map<String, byte[]> SIGNATURES = Map.of(
            ".gz", new byte[] {0x1F, (byte) 0x8B},
            ".xlsx", new byte[] {'P', 'K', 3, 4});

    private static final Map<String, FileFault> FAULTS = Map.of(".gz", FileFault.NO_GZ, ".xlsx", FileFault.NO_XLSX);

    /** Members of an envelope (TAXII 2.1, section 3.7) or bundle without objects. */
    private static final Set<String> EMPTY_MEMBERS = Set.of("more", "next", "type", "id", "spec_version");

    private static final int MOST_NAMES = 5;
    private static final int MOST_SHOWN = 40;

    private FileShape() {}

    /**
     * Looks at the first bytes; the returned stream has them still.
     *
     * @throws ImportRefused when the name promises a format that the first bytes contradict
     */
    static InputStream agreeing(InputStream in, String fileName) throws IOException, ImportRefused {
        String name = fileName.toLowerCase(Locale.ROOT);
        for (Map.Entry<String, byte[]> one : SIGNATURES.entrySet()) {
            if (name.endsWith(one.getKey())) {
                BufferedInputStream buffered = new BufferedInputStream(in);
                byte[] signature = one.getValue();
                buffered.mark(signature.length);
                byte[] head = buffered.readNBytes(signature.length);
                buffered.reset();
                if (head.length > 0 && !Arrays.equals(head, signature)) {
                    throw new ImportRefused(FAULTS.get(one.getKey()).of());
                }
                return buffered;
            }
        }
        return in;
    }

    /**
     * Refuses a JSON object without a list of objects, unless it is an empty envelope or bundle.
     *
     * @param members its names
     */
    static void refuseOther(Collection<String> members) throws ImportRefused {
        if (isEmptyEnvelope(members)) {
            return;
        }
        String names = members.stream()
                .sorted()
                .limit(MOST_NAMES)
                .map(FileShape::shown)
                .collect(Collectors.joining(", "));
        throw new ImportRefused(FileFault.OTHER_JSON.of(members.size() > MOST_NAMES ? names + ", …" : names));
    }

    /** Whether an object with these members can be an envelope or a bundle without objects. */
    static boolean isEmptyEnvelope(Collection<String> members) {
        return EMPTY_MEMBERS.containsAll(members);
    }

    private static String shown(String name) {
        return '"' + (name.length() <= MOST_SHOWN ? name : name.substring(0, MOST_SHOWN) + "…") + '"';
    }
}
