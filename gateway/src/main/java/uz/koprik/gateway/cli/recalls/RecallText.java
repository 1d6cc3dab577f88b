package uz.koprik.gateway.cli.recalls;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CommandOutput;

/** Recalls as people read them. */
final class RecallText {

    private static final Set<String> OPEN = Set.of("waiting", "refused", "contradicted");

    private final CommandOutput out;

    RecallText(CommandOutput out) {
        this.out = out;
    }

    /** Whether somebody who could confirm a recall of this centre has not. */
    static boolean open(JsonNode recall) {
        if (recall.path("ours").asBoolean()) {
            for (JsonNode centre : recall.path("centres")) {
                if (OPEN.contains(centre.path("state").asText())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** One line: what was recalled, and how far it got. */
    void line(JsonNode recall) {
        boolean narrows = recall.has("tlp");
        out.println(recall.path("id").asText() + "  " + recall.path("object").asText() + "  "
                + (narrows ? "narrowed to " + recall.path("tlp").asText() : "withdrawn") + " by "
                + recall.path("by").asText() + ", "
                + CentreAnswers.moment(recall.path("created").asText()) + ": " + summary(recall));
    }

    private static String summary(JsonNode recall) {
        StringBuilder text = new StringBuilder();
        if (recall.has("outcome")) {
            text.append("here ").append(recall.path("outcome").asText()).append("; ");
        }
        int total = recall.path("total").asInt();
        if (total == 0) {
            return text + "nobody else can have it";
        }
        text.append(recall.path("confirmed").asInt())
                .append(" of ")
                .append(total)
                .append(" confirmed");
        for (JsonNode centre : recall.path("centres")) {
            if (centre.path("state").asText().equals("waiting") && centre.has("last_seen")) {
                text.append(", ").append(centre.path("name").asText()).append(" last seen ");
                text.append(ago(centre.path("last_seen").asText()));
            }
        }
        return text.toString();
    }

    private static String ago(String moment) {
        long minutes = Math.max(
                0, Duration.between(Instant.parse(moment), Instant.now()).toMinutes());
        if (minutes < 60) {
            return minutes + " min ago";
        }
        return minutes < 48 * 60 ? minutes / 60 + " h ago" : minutes / (24 * 60) + " d ago";
    }

    /** The recall with a line for each centre. */
    void whole(JsonNode recall) {
        line(recall);
        out.println("  reason: " + recall.path("reason").asText());
        for (JsonNode centre : recall.path("centres")) {
            StringBuilder line = new StringBuilder("  ")
                    .append(centre.path("name").asText())
                    .append(centre.has("via") ? " (behind " + centre.path("via").asText() + ")" : "")
                    .append(centre.path("sent").asBoolean() ? ", was sent it: " : ", may have it: ")
                    .append(words(centre.path("state").asText()));
            if (centre.has("signed")) {
                line.append(", signed ")
                        .append(CentreAnswers.moment(centre.path("signed").asText()));
            }
            if (centre.has("handed_on")) {
                line.append("; handed on to ").append(CentreAnswers.joined(centre.path("handed_on")));
            }
            if (centre.has("detail")) {
                line.append("; ").append(centre.path("detail").asText());
            }
            out.println(line.toString());
        }
    }

    private static String words(String state) {
        return switch (state) {
            case "done" -> "gave it up, or narrowed it";
            case "absent" -> "does not have it";
            case "contradicted" -> "says that it gave it up, and has it still";
            case "unverified" -> "a receipt that cannot be verified here";
            case "cannot_confirm" -> "cannot confirm";
            case "gone" -> "no partner any more";
            default -> state;
        };
    }
}
