package uz.koprik.gateway.sources;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;

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
     * @param text what is not used
     */
    record Note(String where, String text) {}

    void add(Note note) {
        if (notes.size() < KEPT && said.add(note.text())) {
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
        notes.forEach(note -> items.add(JsonObject.builder()
                .put("where", note.where())
                .put("text", note.text())
                .build()));
        return new JsonArray(items);
    }

    /** Of a stored paper; none when an earlier version wrote it. */
    static List<Note> read(JsonObject json) {
        List<Note> notes = new ArrayList<>();
        for (Json item : json.items("notes")) {
            if (item instanceof JsonObject note) {
                notes.add(new Note(
                        note.string("where").orElse(""), note.string("text").orElse("")));
            }
        }
        return notes;
    }
}
