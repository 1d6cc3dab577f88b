package uz.koprik.gateway.cli.offline;

import java.util.ArrayList;
import java.util.List;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CommandOutput;
import uz.koprik.indicators.stix.conversion.Change;
import uz.koprik.indicators.stix.conversion.Conversion;
import uz.koprik.indicators.stix.rules.Fault;
import uz.koprik.indicators.stix.rules.Severity;
import uz.koprik.indicators.validation.ObjectVerdict;
import uz.koprik.indicators.validation.StixFile;

/** What {@code koprik validate} prints: the objects that there is something to say about, and the counts of all. */
final class ValidationReport {

    /**
     * How it is printed.
     *
     * @param json one line of JSON an object rather than text for people
     * @param warnings whether warnings are printed, besides being counted
     * @param conversions whether it is said what a conversion changed
     */
    record Style(boolean json, boolean warnings, boolean conversions) {}

    private final CommandOutput out;
    private final Style style;
    private long objects;
    private long invalid;
    private long warned;
    private long old;

    ValidationReport(CommandOutput out, Style style) {
        this.out = out;
        this.style = style;
    }

    void add(String file, StixFile.Item item) {
        ObjectVerdict verdict = item.verdict();
        List<Fault> findings = style.conversions ? withoutVersion(verdict) : verdict.findings();
        boolean bundle = verdict.type().equals("bundle") && item.pointer().isEmpty();
        objects += bundle ? 0 : 1;
        invalid += verdict.valid() ? 0 : 1;
        warned += verdict.valid() && !findings.isEmpty() ? 1 : 0;
        old += verdict.conversion().isPresent() ? 1 : 0;
        List<Fault> shown = findings.stream()
                .filter(f -> style.warnings || f.severity() == Severity.MUST)
                .toList();
        List<Change> changes = style.conversions
                ? verdict.conversion().map(Conversion::changes).orElse(List.of())
                : List.of();
        if (!shown.isEmpty() || !changes.isEmpty()) {
            if (style.json) {
                out.json(json(file, item, shown, changes));
            } else {
                text(file, item, shown, changes).forEach(out::println);
            }
        }
    }

    /** Objects, or bundles, that break a rule. */
    long invalid() {
        return invalid;
    }

    /** Those that break none and are worth a warning. */
    long warned() {
        return warned;
    }

    /** Prints the counts; in JSON they go to {@code aside}, so that every line of the output speaks of one object. */
    void summary(CommandOutput aside) {
        out.flush();
        CommandOutput to = style.json ? aside : out;
        to.println(CentreAnswers.number(objects) + (objects == 1 ? " object: " : " objects: ")
                + CentreAnswers.number(invalid) + " not valid, "
                + CentreAnswers.number(warned) + " valid with warnings"
                + (warned > 0 && !style.warnings ? " (--warnings says which)" : "")
                + (old == 0
                        ? ""
                        : "; " + CentreAnswers.number(old) + " of STIX 2.0"
                                + (style.conversions
                                        ? ", converted"
                                        : ", which centres do not take (--from-stix20 converts)")));
    }

    /** That an object was of STIX 2.0 is no news to who has it converted. */
    private static List<Fault> withoutVersion(ObjectVerdict verdict) {
        return verdict.conversion().isEmpty()
                ? verdict.findings()
                : verdict.findings().stream()
                        .filter(f -> !f.pointer().equals("/spec_version"))
                        .toList();
    }

    private static List<String> text(String file, StixFile.Item item, List<Fault> findings, List<Change> changes) {
        ObjectVerdict verdict = item.verdict();
        List<String> lines = new ArrayList<>();
        lines.add((verdict.valid() ? "valid      " : "NOT VALID  ")
                + file
                + ':'
                + item.line()
                + (item.pointer().isEmpty() ? "" : ' ' + item.pointer())
                + (verdict.id().isEmpty() ? "" : " " + verdict.id()));
        for (Change change : changes) {
            lines.add("  changed    " + at(change.pointer()) + change.what());
        }
        for (Fault fault : findings) {
            String section = fault.section().isEmpty() ? "" : " (" + fault.section() + taken(fault) + ")";
            lines.add("  %-10s ".formatted(fault.severity().word()) + at(fault.pointer()) + fault.rule() + section);
        }
        return lines;
    }

    /** Whether centres take an object with such a fault; it stays invalid. */
    private static String taken(Fault fault) {
        return fault.forgivable()
                .map(rule -> rule.always()
                        ? "; centres take it with a note"
                        : "; koprik import --forgive " + rule.word() + " takes it")
                .orElse("");
    }

    private static String at(String pointer) {
        return pointer.isEmpty() ? "" : pointer + ": ";
    }

    private static String json(String file, StixFile.Item item, List<Fault> findings, List<Change> changes) {
        List<Json> faults = new ArrayList<>();
        for (Fault f : findings) {
            faults.add(JsonObject.builder()
                    .put("severity", f.severity().word())
                    .put("pointer", f.pointer())
                    .put("rule", f.rule())
                    .put("section", f.section())
                    .put("forgivable", f.forgivable().map(rule -> rule.word()).orElse(""))
                    .build());
        }
        List<Json> changed = new ArrayList<>();
        for (Change c : changes) {
            changed.add(JsonObject.builder()
                    .put("pointer", c.pointer())
                    .put("what", c.what())
                    .build());
        }
        ObjectVerdict verdict = item.verdict();
        return CanonicalJson.text(JsonObject.builder()
                .put("file", file)
                .put("pointer", item.pointer())
                .put("line", item.line())
                .put("id", verdict.id())
                .put("type", verdict.type())
                .put("valid", verdict.valid())
                .put("findings", new JsonArray(faults))
                .put("changes", new JsonArray(changed))
                .build());
    }
}
