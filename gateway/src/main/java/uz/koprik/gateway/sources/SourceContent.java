package uz.koprik.gateway.sources;

import java.util.ArrayList;
import java.util.List;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.sources.FetchedContent.Fault;
import uz.koprik.gateway.sources.FetchedContent.Validators;
import uz.koprik.indicators.wording.Sentence;

/**
 * What was last taken in of a feed.
 *
 * @param validators by which the next fetch asks whether something changed
 * @param settings digest of the settings by which it was taken in
 * @param entries how many entries the feed had
 * @param stixObjects how many of them were STIX objects, which keep their bytes
 * @param faults the first files that could not be used, while the others were taken
 * @param faulty how many such files there were
 * @param notes what is not used of it
 */
record SourceContent(
        Validators validators,
        String settings,
        long entries,
        long stixObjects,
        List<Fault> faults,
        long faulty,
        List<SourceNotes.Note> notes) {

    /** Faults that are kept with their reasons; the others are counted. */
    private static final int KEPT_FAULTS = 20;

    static final SourceContent NONE = new SourceContent(Validators.NONE, "", 0, 0, List.of(), 0, List.of());

    SourceContent {
        faults = List.copyOf(faults);
        notes = List.copyOf(notes);
    }

    static SourceContent of(Validators validators, String settings, SourceSurvey survey, List<Fault> faults) {
        return new SourceContent(
                validators,
                settings,
                survey.count(),
                survey.stixObjects(),
                faults.subList(0, Math.min(faults.size(), KEPT_FAULTS)),
                faults.size(),
                survey.notes().all());
    }

    /** As this, so that the whole feed is fetched and compared again. */
    SourceContent unknown() {
        return new SourceContent(Validators.NONE, "", entries, stixObjects, faults, faulty, notes);
    }

    /** The faults as the API and the stored paper have them. */
    JsonArray faultsJson() {
        List<Json> items = new ArrayList<>();
        faults.forEach(fault -> {
            JsonObject.Builder item = JsonObject.builder().put("file", fault.file());
            fault.sentence().write(item, "reason");
            items.add(item.build());
        });
        return new JsonArray(items);
    }

    void write(JsonObject.Builder json) {
        json.put("etag", validators.etag())
                .put("last_modified", validators.lastModified())
                .put("settings", settings)
                .put("entries", entries)
                .put("stix_objects", stixObjects)
                .put("faults", faultsJson())
                .put("faulty", faulty)
                .put("notes", SourceNotes.json(notes));
    }

    static SourceContent read(JsonObject json) {
        List<Fault> faults = new ArrayList<>();
        for (Json item : json.items("faults")) {
            if (item instanceof JsonObject fault) {
                faults.add(new Fault(fault.string("file").orElse(""), Sentence.read(fault, "reason")));
            }
        }
        return new SourceContent(
                new Validators(
                        json.string("etag").orElse(""),
                        json.string("last_modified").orElse("")),
                json.string("settings").orElse(""),
                SourceFigures.number(json, "entries"),
                SourceFigures.number(json, "stix_objects"),
                faults,
                SourceFigures.number(json, "faulty"),
                SourceNotes.read(json));
    }
}
