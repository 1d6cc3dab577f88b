package uz.koprik.indicators.policy;

import java.util.HashMap;
import java.util.Map;

/**
 * How reasons name an agreement: by its partner, and where both sides signed it by the article as well.
 *
 * @param partner with whom
 * @param basis what it rests on
 */
record AgreementWords(String partner, AgreementBasis basis) {

    /** Whether both sides signed it. */
    boolean signed() {
        return basis instanceof AgreementBasis.Signed;
    }

    /** {@code the agreement with NAME}, with the article where it has any. */
    String subject(Article article) {
        return (signed() ? "article " + article.number() + " of " : "") + "the agreement with " + partner;
    }

    /**
     * The details of a decision.
     *
     * @param more names and values in turn
     */
    Map<String, String> details(Article article, String... more) {
        Map<String, String> details = new HashMap<>();
        details.put("partner", partner);
        if (basis instanceof AgreementBasis.Signed document) {
            details.put("agreement", document.id());
            details.put("article", Integer.toString(article.number()));
        }
        for (int i = 0; i < more.length; i += 2) {
            details.put(more[i], more[i + 1]);
        }
        return Map.copyOf(details);
    }
}
