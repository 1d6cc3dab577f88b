package uz.koprik.gateway.agreements;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.stix.InvalidObject;
import uz.koprik.indicators.stix.StixReader;

/** All signed pieces with one partner as a paper of the state store. */
final class AgreementPaper {

    /** Papers of this centre: the identity of the partner and {@code .json} follow. */
    static final String FOLDER = "agreements/";

    private static final long FORMAT = 1;

    private AgreementPaper() {}

    /** Name of the paper of the partner with that identity. */
    static String name(String identity) {
        return FOLDER + identity + ".json";
    }

    /** The identity of the partner whose paper has that name. */
    static String identity(String name) {
        return name.substring(FOLDER.length(), name.length() - ".json".length());
    }

    static byte[] write(List<SignedPiece> pieces) {
        return CanonicalJson.bytes(JsonObject.builder()
                .put("format", FORMAT)
                .put(
                        "pieces",
                        new JsonArray(pieces.stream()
                                .<Json>map(piece -> JsonObject.builder()
                                        .put("first_seen", piece.firstSeen().toString())
                                        .put("object", piece.object().json())
                                        .build())
                                .toList()))
                .build());
    }

    /** @throws DamagedAgreements when the paper is not what {@link #write} wrote, or a later version wrote it */
    static List<SignedPiece> read(String name, byte[] content) throws DamagedAgreements {
        try {
            JsonObject json = StrictJson.parseObject(content);
            if (!(json.get("format") instanceof JsonNumber format) || format.longValue() != FORMAT) {
                throw new DamagedAgreements(name + " has a format of a later version; run that version", null);
            }
            List<SignedPiece> pieces = new ArrayList<>();
            for (Json item : json.items("pieces")) {
                if (!(item instanceof JsonObject piece)) {
                    throw new DamagedAgreements(name + " is damaged: a piece is no object", null);
                }
                pieces.add(new SignedPiece(
                        StixReader.again(
                                CanonicalJson.bytes(piece.object("object").orElseThrow())),
                        Instant.parse(piece.string("first_seen").orElseThrow())));
            }
            return pieces;
        } catch (MalformedJson | InvalidObject | RuntimeException damaged) {
            throw new DamagedAgreements(
                    name + " is damaged; restore it from a backup, or remove it: the partner sends what it holds",
                    damaged);
        }
    }
}
