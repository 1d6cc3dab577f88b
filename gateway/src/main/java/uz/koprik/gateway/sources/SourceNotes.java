package uz.koprik.gateway.sources;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.wording.Sentence;

/** What is to be said of a feed that is read: columns and members that are not used. Each is said once. */
final class SourceNotes {

    /** As many are kept; a feed with more says the same kind again and again. */
    private static final int KEPT = 20;

    private final List<Note> notes = new ArrayList<>();
    private final Set<String> said = new HashSet<>();

    /**
     * One of them.
     *
     * @param where the file, and the place in it where it is first so
     * @param sentence what is not used
     */
    record Note(String where, Sentence sentence) {}

    void add(Note note) {
        if (notes.size() < KEPT && said.add(note.sentence().text())) {
            notes.add(note);
        }
    }

    void addAll(Collection<Note> others) {
        others.forEach(this::add);
    }

    List<Note> all() {
        return List.copyOf(notes);
    }

    static JsonArray json(List<Note> notes) {
        List<Json> items = new ArrayList<>();
        notes.forEach(note -> {
            JsonObject.Builder item = JsonObject.builder().put("where", note.where());
            named(note.sentence()).write(item, "text");
            items.add(item.build());
        });
        return new JsonArray(items);
    }

    /** A kind of values is named by its code. */
    private static Sentence named(Sentence sentence) {
        Map<String, String> details = new HashMap<>(sentence.details());
        details.computeIfPresent("kind", (name, label) -> ObservableKind.codeOfLabel(label));
        return new Sentence(sentence.code(), details, sentence.text());
    }

    /** Of a stored paper; none when an earlier version wrote it. */
    static List<Note> read(JsonObject json) {
        List<Note> notes = new ArrayList<>();
        for (Json item : json.items("notes")) {
            if (item instanceof JsonObject note) {
                notes.add(new Note(note.string("where").orElse(""), Sentence.read(note, "text")));
            }
        }
        return notes;
    }
}
