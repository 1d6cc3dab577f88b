package uz.koprik.indicators.stix.values;

import java.util.Optional;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;

/**
 * The property extension (STIX 2.1, section 7.3) by which an object says that it is a redaction of another one. What it
 * names is no reference: a redaction is made to be released further than its original.
 */
public final class RedactionExtension {

    /** Id of the extension definition, the same at every centre. */
    public static final String ID = "extension-definition--65f8dee8-a5e7-4afb-8197-8c1274709c69";

    /** The member that names the original. */
    public static final String ORIGINAL = "original_ref";

    private static final String EDITION = "edition";

    /** Of ids that no object has, under which a centre finds its redactions. */
    private static final String MARK = "x-koprik-redaction--";

    private RedactionExtension() {}

    /**
     * Of what an object is a redaction.
     *
     * @param original id of the original
     * @param edition stands for its version; only the centre that made the redaction knows for which
     */
    public record Origin(String original, String edition) {

        private JsonObject extension() {
            return JsonObject.builder()
                    .put("extension_type", "property-extension")
                    .put(ORIGINAL, original)
                    .put(EDITION, edition)
                    .build();
        }
    }

    /** Of what {@code object} is a redaction; empty when it is none, or does not name its original. */
    public static Optional<Origin> read(JsonObject object) {
        return object.object(SignatureExtension.EXTENSIONS)
                .flatMap(extensions -> extensions.object(ID))
                .flatMap(extension -> extension
                        .string(ORIGINAL)
                        .filter(StixId::isId)
                        .map(original ->
                                new Origin(original, extension.string(EDITION).orElse(""))));
    }

    /** {@code object} as a redaction. */
    public static JsonObject attach(JsonObject object, Origin origin) {
        JsonObject extensions = object.object(SignatureExtension.EXTENSIONS)
                .orElseGet(() -> JsonObject.builder().build());
        return object.with(SignatureExtension.EXTENSIONS, extensions.with(ID, origin.extension()));
    }

    /** What two redactions of one edition have in common when the same was cut from both. */
    public static byte[] content(JsonObject redaction) {
        return CanonicalJson.bytes(SignatureExtension.strip(redaction)
                .without("id")
                .without("created")
                .without("modified"));
    }

    /** The id under which a store finds the redactions of an original, and no object. */
    public static String mark(String original) {
        return MARK + Uuid5.koprik("redaction of", original);
    }

    /** The same for the redactions of all originals. */
    public static String mark() {
        return MARK + Uuid5.koprik("redaction");
    }

    /** Whether an id is one of {@link #mark}. */
    public static boolean isMark(String id) {
        return id.startsWith(MARK);
    }
}
