package uz.koprik.gateway.cli.partners;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.StringJoiner;
import uz.koprik.gateway.cli.CentreAnswers;

/** Parts of answers about partners and feeds in words. */
final class AnswerText {

    private AnswerText() {}

    /** Counts by reason in brackets, after a blank; empty when there are none. */
    static String reasons(JsonNode reasons) {
        if (reasons.isEmpty()) {
            return "";
        }
        StringJoiner joined = new StringJoiner(", ", " (", ")");
        for (Map.Entry<String, JsonNode> reason : reasons.properties()) {
            joined.add(reason.getKey() + " " + reason.getValue().asLong());
        }
        return joined.toString();
    }

    /** A moment; {@code never} when the answer does not have it. */
    static String moment(JsonNode answer, String name) {
        return answer.has(name) ? CentreAnswers.moment(answer.path(name).asText()) : "never";
    }
}
