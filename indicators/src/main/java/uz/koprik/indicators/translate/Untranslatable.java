package uz.koprik.indicators.translate;

import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.wording.Sentence;

/**
 * Something that the other format has no words for.
 *
 * @param where JSON pointer (RFC 6901) into the document, or the id of an object and a pointer into it
 * @param what the thing that is left out, by its name in its own format; never its value, which may be secret
 * @param sentence what the other format lacks, or what is wrong with the thing
 * @param whole whether nothing at all of what stands at {@code where} was carried over
 */
public record Untranslatable(String where, String what, Sentence sentence, boolean whole) {

    /** A part of something that was carried over otherwise. */
    public static Untranslatable part(String where, String what, String why) {
        return part(where, what, Sentence.other(why));
    }

    /** A part of something that was carried over otherwise. */
    public static Untranslatable part(String where, String what, Sentence why) {
        return new Untranslatable(where, what, why, false);
    }

    /** A thing as a whole. */
    public static Untranslatable whole(String where, String what, String why) {
        return whole(where, what, Sentence.other(why));
    }

    /** A thing as a whole. */
    public static Untranslatable whole(String where, String what, Sentence why) {
        return new Untranslatable(where, what, why, true);
    }

    /** The sentence in English. */
    public String why() {
        return sentence.text();
    }

    /** The same with the name of the thing before it, for lists that have no other place for the name. */
    public Sentence named() {
        return new Sentence(sentence.code(), sentence.details(), what + ": " + why());
    }

    /** For documents that carry the list with them. */
    public JsonObject json() {
        return JsonObject.builder()
                .put("where", where)
                .put("what", what)
                .put("why", why())
                .build();
    }

    /** In one line, for people. */
    @Override
    public String toString() {
        return where + ": " + what + ": " + why();
    }
}
