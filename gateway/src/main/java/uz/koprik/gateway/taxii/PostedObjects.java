package uz.koprik.gateway.taxii;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uz.koprik.crypto.json.JsonArrayStream;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.RequestLimits;
import uz.koprik.gateway.intake.IncomingObject;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.gateway.intake.Refusal;

/**
 * The objects of an envelope or bundle, as the sender's own bytes.
 *
 * @param offered those that can be looked at
 * @param tooLarge what became of those that are longer than one object may be
 */
record PostedObjects(List<IncomingObject> offered, List<Outcome> tooLarge) {

    /** Longest single object, also where a body may be longer. */
    static final int MAX_OBJECT = 4 << 20;

    /**
     * Cuts the objects out.
     *
     * @param most objects that are taken
     * @throws Problem 400 when the body is not one JSON object, 413 when it has more than {@code most} objects, 422
     *     when it is not what its media type says
     */
    static PostedObjects read(byte[] body, MediaTypes.Body kind, int most) {
        List<IncomingObject> offered = new ArrayList<>();
        List<Outcome> tooLarge = new ArrayList<>();
        JsonArrayStream stream = new JsonArrayStream(new ByteArrayInputStream(body), "objects", MAX_OBJECT);
        while (true) {
            try {
                byte[] object = stream.next();
                if (object == null) {
                    break;
                }
                if (stream.index() >= most) {
                    throw RequestLimits.tooManyObjects(most);
                }
                offered.add(new IncomingObject(object, "/objects/" + stream.index()));
            } catch (MalformedJson malformed) {
                if (!stream.resumable()) {
                    throw new Problem(
                            400,
                            "Malformed JSON",
                            "the body is not the JSON it should be, nothing of it was taken: line " + malformed.line()
                                    + ", column " + malformed.column() + ": " + malformed.reason());
                }
                tooLarge.add(tooLarge("/objects/" + stream.index(), malformed.reason()));
            } catch (IOException impossible) {
                throw new IllegalStateException("an array in memory cannot fail to be read", impossible);
            }
        }
        checkHeader(stream.header(), stream.found(), kind);
        if (offered.isEmpty() && tooLarge.isEmpty()) {
            throw new Problem(
                    422, "No objects", "there is no object in the body: put at least one into the list \"objects\"");
        }
        return new PostedObjects(offered, tooLarge);
    }

    private static void checkHeader(JsonObject header, boolean found, MediaTypes.Body kind) {
        Optional<String> type = header.string("type");
        boolean bundle = type.filter("bundle"::equals).isPresent();
        if (kind == MediaTypes.Body.BUNDLE && !bundle) {
            throw new Problem(422, "Not a bundle", "the body is called a STIX bundle, but has no \"type\":\"bundle\"");
        }
        // A bundle is taken under the name of an envelope as well: the store of python-stix2 sends that.
        if (type.isPresent() && !bundle && !found) {
            throw new Problem(
                    422,
                    "Not an envelope",
                    "the body is a single object; put it into an envelope: {\"objects\": [ … ]}");
        }
    }

    private static Outcome tooLarge(String where, String reason) {
        Refusal refusal = new Refusal(Refusal.Code.TOO_LARGE, "", reason);
        return Outcome.refused(where, refusal);
    }
}
