package uz.koprik.gateway.accessrecord;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import uz.koprik.crypto.json.MalformedJson;

/**
 * Holds the chain of a stream against its lines, its segments and its mark.
 *
 * @param stream its name
 * @param entries how many entries were read
 * @param last where the stream ends
 * @param findings sentences that say what was changed or removed; empty when the stream is whole
 */
public record AccessCheck(String stream, long entries, AccessChainEnd last, List<String> findings) {

    public AccessCheck {
        findings = List.copyOf(findings);
    }

    /**
     * Where a stream ends: who notes it elsewhere can later prove that nothing before it was changed.
     *
     * @param number of the last entry
     * @param hash its chain
     */
    public record AccessChainEnd(long number, String hash) {}

    /** Checks all streams below {@code root}. */
    public static List<AccessCheck> all(Path root) throws IOException {
        List<AccessCheck> checks = new ArrayList<>();
        for (AccessFolder folder : AccessFolder.all(root)) {
            checks.add(of(folder, 0));
        }
        return checks;
    }

    /** @param from segments before that of this entry are passed over */
    static AccessCheck of(AccessFolder folder, long from) throws IOException {
        List<String> findings = new ArrayList<>();
        Optional<AccessFolder.Mark> mark = mark(folder, findings);
        TreeMap<Long, Path> segments = folder.segments();
        if (from > 0 && segments.floorKey(from) != null) {
            segments.headMap(segments.floorKey(from)).clear();
        } else if (mark.isPresent()
                && !segments.isEmpty()
                && segments.firstKey() > mark.get().first()) {
            findings.add("entries " + mark.get().first() + " to " + (segments.firstKey() - 1)
                    + " are missing, which have not expired");
        }
        long entries = 0;
        AccessChain at = AccessChain.EMPTY;
        boolean begun = false;
        boolean marked = false;
        for (Map.Entry<Long, Path> segment : segments.entrySet()) {
            String name = folder.stream() + "/" + segment.getValue().getFileName();
            List<String> lines = AccessFolder.lines(segment.getValue());
            if (lines.isEmpty() && segment.getKey() != segments.lastKey().longValue()) {
                findings.add(name + " is empty");
            }
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                // The first line that is kept follows one that has expired.
                boolean first = !begun && segment.getKey() > 1;
                if (!first && !at.leadsTo(line)) {
                    findings.add(name + ", line " + (i + 1) + ": does not follow entry " + at.number()
                            + ": it was changed, or what was before it");
                }
                try {
                    at = AccessChain.of(line);
                    entries++;
                } catch (MalformedJson damaged) {
                    at = new AccessChain(at.number() + 1, "");
                }
                begun = true;
                AccessChain now = at;
                marked |= mark.filter(m -> m.chain().equals(now)).isPresent();
            }
        }
        if (mark.isPresent()) {
            AccessChain end = mark.get().chain();
            if (end.number() > at.number() && !(segments.isEmpty() && mark.get().first() > end.number())) {
                Path last = segments.isEmpty()
                        ? folder.segment(at.number() + 1)
                        : segments.lastEntry().getValue();
                findings.add("entries after " + at.number() + " are missing in " + last.getFileName()
                        + ": the stream went to " + end.number() + " by "
                        + folder.markFile().getFileName());
            } else if (!marked && end.number() == at.number() && begun) {
                findings.add("the last entry is not the one that "
                        + folder.markFile().getFileName() + " names");
            }
            if (!begun) {
                at = end;
            }
        } else if (!segments.isEmpty() && findings.isEmpty()) {
            findings.add(folder.markFile().getFileName() + " is missing: entries at the end may be missing too");
        }
        return new AccessCheck(folder.stream(), entries, new AccessChainEnd(at.number(), at.hash()), findings);
    }

    private static Optional<AccessFolder.Mark> mark(AccessFolder folder, List<String> findings) {
        try {
            return folder.mark();
        } catch (IOException damaged) {
            findings.add(folder.markFile().getFileName() + " cannot be read: entries at the end may be missing");
            return Optional.empty();
        }
    }
}
