package uz.koprik.indicators.stix.values;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.jws.Signature;
import uz.koprik.crypto.jws.Signer;

/**
 * The property extension (STIX 2.1, section 7.3) that carries its producer's signatures inside an object, from its
 * first publication on. What is signed is the canonical text of the object less this one extension; {@code extensions}
 * goes with it when nothing else is in there.
 */
public final class SignatureExtension {

    /** Id of the extension definition, the same at every centre. */
    public static final String ID = "extension-definition--b01517e8-3dbc-43d3-8ec9-c1a075f5d7a4";

    /** STIX id of the extension that defines countersignatures, which are objects of their own. */
    public static final String COUNTERSIGNATURE_ID = "extension-definition--0902d753-031f-441d-ab15-fda2d89b5582";

    public static final String EXTENSIONS = "extensions";

    private SignatureExtension() {}

    /**
     * Signs an object.
     *
     * @param unsigned a valid object; a signature extension it may have is replaced
     * @return the signed object as canonical JSON
     */
    public static byte[] attach(JsonObject unsigned, Signer signer, Instant issuedAt) {
        return CanonicalJson.bytes(attachTo(unsigned, signer, issuedAt));
    }

    /** As {@link #attach}, before it becomes bytes. */
    public static JsonObject attachTo(JsonObject unsigned, Signer signer, Instant issuedAt) {
        JsonObject bare = strip(unsigned);
        return carrying(bare, List.of(signer.sign(CanonicalJson.bytes(bare), issuedAt)));
    }

    /** {@code bare}, which has no signatures, with these. */
    static JsonObject carrying(JsonObject bare, List<Signature> signatures) {
        List<Json> items = new ArrayList<>();
        for (Signature s : signatures) {
            items.add(JsonObject.builder()
                    .put("protected", s.protectedHeader())
                    .put("signature", s.signature())
                    .build());
        }
        JsonObject extension = JsonObject.builder()
                .put("extension_type", "property-extension")
                .put("signatures", new JsonArray(items))
                .build();
        JsonObject extensions =
                bare.object(EXTENSIONS).orElseGet(() -> JsonObject.builder().build());
        return bare.with(EXTENSIONS, extensions.with(ID, extension));
    }

    /** {@code object} less its signatures; itself when it has none. */
    public static JsonObject strip(JsonObject object) {
        Optional<JsonObject> extensions = object.object(EXTENSIONS);
        if (extensions.isEmpty() || !extensions.get().has(ID)) {
            return object;
        }
        JsonObject rest = extensions.get().without(ID);
        return rest.size() == 0 ? object.without(EXTENSIONS) : object.with(EXTENSIONS, rest);
    }

    /**
     * The signatures inside {@code object}, in their order; malformed ones come with empty parts and so never verify.
     */
    public static List<Signature> signatures(JsonObject object) {
        List<Signature> found = new ArrayList<>();
        object.object(EXTENSIONS).flatMap(extensions -> extensions.object(ID)).ifPresent(extension -> {
            for (Json item : extension.items("signatures")) {
                found.add(
                        item instanceof JsonObject s
                                ? new Signature(
                                        s.string("protected").orElse(""),
                                        s.string("signature").orElse(""))
                                : new Signature("", ""));
            }
        });
        return Collections.unmodifiableList(found);
    }
}
