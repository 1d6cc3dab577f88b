package uz.koprik.gateway.cli.partners;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.StringJoiner;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CommandOutput;

/** A feed of others on a terminal. */
final class FeedText {

    private FeedText() {}

    static void print(CommandOutput out, JsonNode feed) {
        out.println(feed.path("name").asText() + "  feed  " + feed.path("place").asText());
        out.println("  marked " + feed.path("tlp").asText() + ", unsigned"
                + (feed.path("encrypted").asBoolean() ? "" : ", and fetched without encryption"));
        if (feed.has("run_by")) {
            out.println("  read by gateway " + feed.path("run_by").asText());
        }
        JsonNode last = feed.path("last");
        out.println("  " + feed.path("entries").asLong() + " entries: "
                + last.path("new").asLong() + " new, "
                + last.path("changed").asLong() + " changed, "
                + last.path("unchanged").asLong() + " unchanged, "
                + last.path("ended").asLong() + " ended, "
                + last.path("refused").asLong() + " refused" + reasons(last.path("reasons"))
                + "; last success " + moment(feed, "last_success") + ", last attempt " + moment(feed, "last_attempt"));
        String error = feed.path("last_error").asText("");
        if (!error.isEmpty()) {
            out.println("    since " + moment(feed, "failing_since") + ": " + error);
        }
    }

    private static String reasons(JsonNode reasons) {
        if (reasons.isEmpty()) {
            return "";
        }
        StringJoiner joined = new StringJoiner(", ", " (", ")");
        for (Map.Entry<String, JsonNode> reason : reasons.properties()) {
            joined.add(reason.getKey() + " " + reason.getValue().asLong());
        }
        return joined.toString();
    }

    private static String moment(JsonNode feed, String name) {
        return feed.has(name) ? CentreAnswers.moment(feed.path(name).asText()) : "never";
    }
}
