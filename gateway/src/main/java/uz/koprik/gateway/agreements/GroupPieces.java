package uz.koprik.gateway.agreements;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.stix.SharingAgreement;

/**
 * The pieces of agreements that more than two parties sign. Each paper of a party of such an agreement has all of its
 * pieces, so that this centre passes on to each party what the others signed.
 */
final class GroupPieces {

    private GroupPieces() {}

    /**
     * What a paper lacks of the agreements of groups to which its partner belongs.
     *
     * @param identity of the partner
     * @param paper its pieces
     * @param all pieces of all papers
     */
    static List<SignedPiece> lacking(String identity, List<SignedPiece> paper, Collection<SignedPiece> all) {
        Map<String, Set<String>> groups = groups(all);
        Set<String> there =
                paper.stream().map(piece -> piece.object().digest()).collect(Collectors.toCollection(HashSet::new));
        Map<String, SignedPiece> lacking = new LinkedHashMap<>();
        for (SignedPiece piece : all) {
            boolean belongs = groups.getOrDefault(version(piece), Set.of()).contains(identity);
            if (belongs && !there.contains(piece.object().digest())) {
                lacking.merge(
                        piece.object().digest(),
                        piece,
                        (one, other) -> one.firstSeen().isAfter(other.firstSeen()) ? other : one);
            }
        }
        return List.copyOf(lacking.values());
    }

    /** Whether a paper has more pieces than {@link AgreementBook#MOST_PIECES} of the two, or of one party in groups. */
    static boolean tooMany(List<SignedPiece> paper) {
        if (paper.size() <= AgreementBook.MOST_PIECES) {
            return false;
        }
        Map<String, Set<String>> groups = groups(paper);
        Map<String, Integer> counts = new HashMap<>();
        for (SignedPiece piece : paper) {
            counts.merge(groups.containsKey(version(piece)) ? signer(piece) : "", 1, Integer::sum);
        }
        return counts.values().stream().anyMatch(count -> count > AgreementBook.MOST_PIECES);
    }

    /** Identities of the parties of each text of a group, by its digest. */
    private static Map<String, Set<String>> groups(Collection<SignedPiece> pieces) {
        Map<String, Set<String>> groups = new HashMap<>();
        for (SignedPiece piece : pieces) {
            if (text(piece) && piece.object().json().items("parties").size() > 2) {
                groups.put(
                        piece.object().digest(),
                        piece.object().json().items("parties").stream()
                                .filter(JsonObject.class::isInstance)
                                .map(JsonObject.class::cast)
                                .flatMap(party -> party.string("identity_ref").stream())
                                .collect(Collectors.toUnmodifiableSet()));
            }
        }
        return groups;
    }

    private static boolean text(SignedPiece piece) {
        return piece.object().type().equals(SharingAgreement.TYPE);
    }

    /** Digest of the text that a piece is, or of which it speaks. */
    private static String version(SignedPiece piece) {
        return text(piece)
                ? piece.object().digest()
                : piece.object().json().string("agreement_sha256").orElse("");
    }

    private static String signer(SignedPiece piece) {
        return piece.object()
                .json()
                .string(text(piece) ? "proposed_by_ref" : "created_by_ref")
                .orElse("");
    }
}
