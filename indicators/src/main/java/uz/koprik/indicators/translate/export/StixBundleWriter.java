package uz.koprik.indicators.translate.export;

import java.io.IOException;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.values.Uuid5;

/** A STIX bundle (STIX 2.1, section 8) of the producers' own bytes, so that signatures stay good. */
final class StixBundleWriter implements ExportWriter {

    private final OutputLines out;
    private final ExportOptions options;
    private boolean any;
    private boolean begun;

    StixBundleWriter(OutputLines out, ExportOptions options) {
        this.out = out;
        this.options = options;
    }

    @Override
    public void write(StixObject object, Tlp tlp) throws IOException {
        begin();
        boolean wanted = options.kinds().isEmpty()
                || IndicatorExpressions.of(object.json()).any().stream()
                        .anyMatch(one -> options.wants(one.value().kind()));
        if (!wanted) {
            options.counts().omitted(ExportCounts.Omission.OTHER_KIND);
        } else if (options.inForce(object.json()) && !options.isLeftOut(object)) {
            options.counts().wrote();
            out.write(any ? ",\n" : ",\"objects\":[\n"); // an empty list of objects must be left out
            any = true;
            out.write(object.bytes());
        }
    }

    @Override
    public void finish() throws IOException {
        begin();
        out.write(any ? "\n]}\n" : "}\n");
        out.flush();
    }

    private void begin() throws IOException {
        if (!begun) {
            begun = true;
            out.write("{\"type\":\"bundle\",\"id\":\"bundle--"
                    + Uuid5.koprik("export", options.now().toString()) + '"');
        }
    }
}
