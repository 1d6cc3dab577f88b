package uz.koprik.indicators.translate.export;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.translate.Untranslatable;
import uz.koprik.indicators.warninglist.ProtectedValues;

/**
 * Block lists: one value per line, plain, for hosts files, or as a response policy zone. What does not fit is a
 * comment.
 */
final class ListWriter implements ExportWriter {

    private final OutputLines out;
    private final ExportOptions options;
    private final ExportFormat format;
    private boolean begun;

    ListWriter(OutputLines out, ExportOptions options, ExportFormat format) {
        this.out = out;
        this.options = options;
        this.format = format;
    }

    @Override
    public void write(StixObject object, Tlp tlp) throws IOException {
        begin();
        if (!options.inForce(object.json())) {
            return;
        }
        List<Untranslatable> leftOut = options.leftOut(object);
        for (Untranslatable one : leftOut) {
            leftOut(one);
        }
        IndicatorExpressions sayings = IndicatorExpressions.of(object.json());
        for (IndicatorExpressions.ReportedValue one : sayings.any()) {
            ObservableKind kind = one.value().kind();
            if (!leftOut.isEmpty() && !options.mayExport(one.value())) {
                continue; // reported already
            }
            if (!options.takes(kind)) {
                continue;
            }
            Optional<ProtectedValues.Reason> host = options.protectedHost(one.value());
            if (host.isPresent()) {
                leftOut(options.leftOut(object, host.get()));
            } else if (one.port().isPresent()) {
                missing(object, kind.label() + " with a port", "a list would block all ports");
            } else if (options.kinds().isEmpty() && !kind.networkRole().blockable()) {
                missing(
                        object,
                        kind.label(),
                        "block lists are for addresses, names, URLs and hashes; ask for the kind " + kind.code()
                                + " by name");
            } else {
                value(object, kind, one.value().value());
            }
        }
        for (String problem : sayings.problems()) {
            missing(object, object.type(), problem);
        }
    }

    private void value(StixObject object, ObservableKind kind, String value) throws IOException {
        if (value.chars().anyMatch(c -> c <= ' ' || c == 0x7F || Character.isWhitespace(c))
                || !OutputLines.oneLine(value).equals(value)) {
            missing(object, kind.label(), "a value with spaces or line breaks cannot be a line of a list");
        } else if (format == ExportFormat.BLOCKLIST) {
            entry(value);
        } else if (kind == ObservableKind.DOMAIN) {
            // In zone files a semicolon begins a comment and brackets join lines; names have nothing but these.
            if (!value.chars()
                    .allMatch(c ->
                            (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_')) {
                missing(object, kind.label(), "a character that no name in a zone file may have");
            } else if (format == ExportFormat.HOSTS) {
                entry("0.0.0.0 " + value);
            } else {
                entry(value + " CNAME .");
                out.line("*." + value + " CNAME .");
            }
        } else if (format == ExportFormat.RPZ && kind == ObservableKind.IPV4) {
            List<String> parts = new java.util.ArrayList<>(List.of(value.split("\\.", -1)));
            java.util.Collections.reverse(parts);
            entry("32." + String.join(".", parts) + ".rpz-ip CNAME .");
        } else {
            missing(
                    object,
                    kind.label(),
                    "the format " + format.code() + " has domain names"
                            + (format == ExportFormat.RPZ ? " and single IPv4 addresses" : "") + " only");
        }
    }

    private void leftOut(Untranslatable one) throws IOException {
        options.unexpressed().accept(one);
        out.line(comment() + "left out: " + OutputLines.oneLine(one.toString()));
    }

    private void entry(String line) throws IOException {
        out.line(line);
        options.counts().wrote();
    }

    private String comment() {
        return format == ExportFormat.RPZ ? "; " : "# ";
    }

    private void missing(StixObject object, String what, String why) throws IOException {
        Untranslatable one = Untranslatable.whole(object.id(), what, why);
        options.counts().omitted(ExportCounts.Omission.NOT_EXPRESSED);
        options.unexpressed().accept(one);
        out.line(comment() + "not expressed: " + OutputLines.oneLine(one.toString()));
    }

    private void begin() throws IOException {
        if (!begun) {
            begun = true;
            if (format == ExportFormat.RPZ) {
                if (options.assumedLimit().isPresent()) {
                    out.line(
                            comment() + OutputLines.limit(options.assumedLimit().get()));
                }
                out.line("$TTL 300");
                out.line("@ SOA localhost. root.localhost. " + options.now().getEpochSecond() % (1L << 32)
                        + " 3600 600 86400 300");
                out.line("@ NS localhost.");
            }
        }
    }

    @Override
    public void finish() throws IOException {
        begin();
        out.flush();
    }
}
