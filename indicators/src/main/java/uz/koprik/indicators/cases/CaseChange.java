package uz.koprik.indicators.cases;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One part of a case that differs between two versions. History is what the versions say; it is not stored a second
 * time.
 *
 * @param part which: {@code title}, {@code status}, {@code value domain login.example.com}, {@code loss}, {@code note}
 *     …
 * @param from what it was; empty when it was not there
 * @param to what it is; empty when it is not there any more
 */
public record CaseChange(String part, String from, String to) {

    /** What changed between two versions; of the first version, everything that it has. */
    public static List<CaseChange> between(Optional<CaseFile> before, CaseFile after) {
        List<CaseChange> changes = new ArrayList<>();
        for (Map.Entry<String, Function<CaseFile, String>> part : SINGLE.entrySet()) {
            String from = before.map(part.getValue()).orElse("");
            String to = part.getValue().apply(after);
            if (!from.equals(to)) {
                changes.add(new CaseChange(part.getKey(), from, to));
            }
        }
        parts(changes, before, after, CaseChange::values);
        parts(changes, before, after, CaseChange::losses);
        parts(changes, before, after, file -> same("linked to", file.incidents()));
        parts(changes, before, after, file -> same("linked to case", file.cases()));
        parts(changes, before, after, CaseChange::notes);
        parts(changes, before, after, CaseChange::shares);
        parts(changes, before, after, CaseChange::merged);
        return changes;
    }

    private static final Map<String, Function<CaseFile, String>> SINGLE = single();

    private static Map<String, Function<CaseFile, String>> single() {
        Map<String, Function<CaseFile, String>> parts = new LinkedHashMap<>();
        parts.put("title", CaseFile::title);
        parts.put("type", CaseFile::crimeType);
        parts.put("status", file -> file.status().name().toLowerCase(Locale.ROOT));
        parts.put("unit", CaseFile::ownerUnit);
        parts.put("opened", file -> file.opened().toString());
        parts.put("closed", file -> file.closed().map(Object::toString).orElse(""));
        parts.put("summary", CaseFile::summary);
        parts.put(
                "merged into", file -> file.mergedInto().map(CaseMerge::number).orElse(""));
        return parts;
    }

    private static void parts(
            List<CaseChange> changes,
            Optional<CaseFile> before,
            CaseFile after,
            Function<CaseFile, Map<String, String>> parts) {
        Map<String, String> was = before.map(parts).orElse(Map.of());
        Map<String, String> is = parts.apply(after);
        was.forEach((part, from) -> {
            if (!is.containsKey(part)) {
                changes.add(new CaseChange(part, from, ""));
            }
        });
        is.forEach((part, to) -> {
            String from = was.getOrDefault(part, "");
            if (!from.equals(to)) {
                changes.add(new CaseChange(part, from, to));
            }
        });
    }

    private static Map<String, String> values(CaseFile file) {
        Map<String, String> parts = new LinkedHashMap<>();
        file.observables()
                .forEach(o -> parts.put(
                        "value " + o.observable().kind().code() + ' '
                                + o.observable().value(),
                        o.role().map(CaseObservable.Role::word).orElse("no role")
                                + (o.note().isEmpty() ? "" : ": " + o.note())));
        return parts;
    }

    private static Map<String, String> losses(CaseFile file) {
        Map<String, String> parts = new LinkedHashMap<>();
        file.losses()
                .forEach(loss -> parts.put(
                        "loss " + loss.currency() + (loss.note().isEmpty() ? "" : ' ' + loss.note()), loss.text()));
        return parts;
    }

    private static Map<String, String> same(String what, List<String> items) {
        Map<String, String> parts = new LinkedHashMap<>();
        items.forEach(item -> parts.put(what + ' ' + item, item));
        return parts;
    }

    private static Map<String, String> notes(CaseFile file) {
        Map<String, String> parts = new LinkedHashMap<>();
        for (int i = 0; i < file.notes().size(); i++) {
            parts.put("note " + (i + 1), file.notes().get(i).text());
        }
        return parts;
    }

    private static Map<String, String> shares(CaseFile file) {
        Map<String, String> parts = new LinkedHashMap<>();
        for (int i = 0; i < file.shares().size(); i++) {
            CaseShare share = file.shares().get(i);
            parts.put(
                    "shared " + (i + 1),
                    share.tlp().label() + ": " + share.parts() + " (" + String.join(", ", share.objects()) + ')'
                            + share.withdrawals().stream()
                                    .map(one -> "; taken back: " + String.join(", ", one.objects()))
                                    .collect(Collectors.joining()));
        }
        return parts;
    }

    private static Map<String, String> merged(CaseFile file) {
        Map<String, String> parts = new LinkedHashMap<>();
        file.merged()
                .forEach(one -> parts.put(
                        "merged case " + one.number(),
                        one.values().size() + " values, " + one.notes().count() + " notes, "
                                + one.shares().count() + " shares"
                                + (one.remarks().isEmpty() ? "" : ". " + String.join(" ", one.remarks()))));
        return parts;
    }
}
