package uz.koprik.gateway.cli.partners;

import com.fasterxml.jackson.databind.JsonNode;
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
                + last.path("refused").asLong() + " refused" + AnswerText.reasons(last.path("reasons"))
                + "; last success " + AnswerText.moment(feed, "last_success") + ", last attempt "
                + AnswerText.moment(feed, "last_attempt"));
        long objects = feed.path("stix_objects").asLong();
        if (feed.path("expires_seconds").asLong() > 0 && objects > 0) {
            out.println("  \"expires\" does not apply to its " + objects + (objects == 1 ? " object" : " objects")
                    + " of STIX: only their creators end them");
        }
        long faulty = feed.path("faulty_files").asLong();
        if (faulty > 0) {
            out.println("  " + faulty + (faulty == 1 ? " file" : " files")
                    + " could not be used, and former entries of such files stay:");
            for (JsonNode fault : feed.path("faults")) {
                out.println("    " + fault.path("file").asText() + ": "
                        + fault.path("reason").asText());
            }
            if (faulty > feed.path("faults").size()) {
                out.println("    and others");
            }
        }
        for (JsonNode note : feed.path("notes")) {
            out.println("  " + note.path("where").asText() + ": "
                    + note.path("text").asText());
        }
        if (feed.has("last_error")) {
            out.println("    since " + AnswerText.moment(feed, "failing_since") + ": "
                    + feed.path("last_error").asText());
        }
        if (feed.has("next_attempt")) {
            out.println("  next try at " + AnswerText.moment(feed, "next_attempt"));
        }
    }

    /** How it goes, in a few words. */
    static String state(JsonNode feed) {
        String error = feed.path("last_error").asText("");
        long faulty = feed.path("faulty_files").asLong();
        if (!error.isEmpty()) {
            return error;
        }
        return !feed.has("last_success")
                ? "not read yet"
                : faulty == 0 ? "well" : faulty + (faulty == 1 ? " file" : " files") + " could not be used";
    }

    /** Whether an operator should look at it. */
    static boolean isFailing(JsonNode feed) {
        return feed.has("last_error") || feed.path("faulty_files").asLong() > 0;
    }
}
