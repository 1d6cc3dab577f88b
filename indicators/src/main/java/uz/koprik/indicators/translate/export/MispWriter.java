package uz.koprik.indicators.translate.export;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.observable.Normalisation;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.stix.values.Uuid5;
import uz.koprik.indicators.translate.Untranslatable;
import uz.koprik.indicators.translate.misp.SingleObjects;

/**
 * One MISP event of everything. Attributes are written as they come; objects of templates and the list of what cannot
 * be expressed follow at the end, and of either no more than {@value #MOST} are kept.
 */
final class MispWriter implements ExportWriter {

    static final int MOST = 10_000;

    private final OutputLines out;
    private final ExportOptions options;
    private final List<Json> missing = new ArrayList<>();
    private final List<Json> objects = new ArrayList<>();
    private final SingleObjects translator;
    private long more;
    private boolean begun;
    private boolean any;

    MispWriter(OutputLines out, ExportOptions options) {
        this.out = out;
        this.options = options;
        this.translator = new SingleObjects(Normalisation.PLAIN, this::unexpressed);
    }

    @Override
    public void write(StixObject object, Tlp tlp) throws IOException {
        begin();
        boolean wanted = options.kinds().isEmpty()
                || IndicatorExpressions.of(object.json()).any().stream()
                        .anyMatch(one -> options.wants(one.value().kind()));
        if (!wanted) {
            options.counts().omitted(ExportCounts.Omission.OTHER_KIND);
            return;
        }
        if (!options.inForce(object.json())) {
            return;
        }
        List<Untranslatable> leftOut = options.leftOut(object);
        if (!leftOut.isEmpty()) {
            leftOut.forEach(this::missing);
            return;
        }
        SingleObjects.MispParts made = translator.translate(object, Optional.of(tlp));
        if (options.everything() && options.omission(object.json()).isPresent()) {
            made = made.notDetecting();
        }
        for (JsonObject attribute : made.attributes()) {
            out.write(any ? ",\n" : "\n");
            any = true;
            options.counts().wrote();
            out.write(CanonicalJson.bytes(attribute));
        }
        for (JsonObject one : made.objects()) {
            if (objects.size() < MOST) {
                objects.add(one);
                options.counts().wrote();
            } else {
                unexpressed(Untranslatable.whole(
                        object.id(), object.type(), "the event has " + MOST + " objects already; export less"));
            }
        }
    }

    @Override
    public void finish() throws IOException {
        begin();
        out.write("],\"Object\":");
        out.write(CanonicalJson.bytes(new JsonArray(objects)));
        out.write("},\"unexpressed\":");
        if (more > 0) {
            missing.add(Untranslatable.whole("", more + " further ones", "the list ends here; export less at a time")
                    .json());
        }
        out.write(CanonicalJson.bytes(new JsonArray(missing)));
        out.write("}\n");
        out.flush();
    }

    private void unexpressed(Untranslatable one) {
        options.counts().omitted(ExportCounts.Omission.NOT_EXPRESSED);
        missing(one);
    }

    private void missing(Untranslatable one) {
        options.unexpressed().accept(one);
        if (missing.size() < MOST) {
            missing.add(one.json());
        } else {
            more++;
        }
    }

    private void begin() throws IOException {
        if (!begun) {
            begun = true;
            String now = StixTimestamp.format(options.now());
            JsonObject head = JsonObject.builder()
                    .put(
                            "uuid",
                            Uuid5.koprik("export", options.now().toString()).toString())
                    .put("info", "Export of " + now)
                    .put("date", now.substring(0, 10))
                    .put("timestamp", String.valueOf(options.now().getEpochSecond()))
                    .put("threat_level_id", "4")
                    .put("analysis", "2")
                    .put("distribution", "1") // 0 would mark all attributes at least AMBER+STRICT at the reader
                    .put("published", false)
                    .build();
            String text = CanonicalJson.text(head);
            out.write("{\"Event\":" + text.substring(0, text.length() - 1) + ",\"Attribute\":[");
        }
    }
}
