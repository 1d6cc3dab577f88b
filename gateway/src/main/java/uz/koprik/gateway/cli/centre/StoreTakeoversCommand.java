package uz.koprik.gateway.cli.centre;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;

/** Lists objects with a version that is not by their creator. */
@Command(
        name = "takeovers",
        description =
                "Lists objects with a version that is not by their creator, as gateways before 0.2 accepted them.")
public final class StoreTakeoversCommand extends StoreFindings {

    StoreTakeoversCommand() {
        super("/api/takeovers", "takeovers");
    }

    @Override
    void print(JsonNode finding) {
        JsonNode first = finding.path("first");
        JsonNode taken = finding.path("taken_over_by");
        out().println(finding.path("id").asText());
        out().println("  first version of " + who(first) + ", entry "
                + first.path("seq").asText() + ", " + first.path("added").asText());
        out().println("  version of " + who(taken) + ", entry "
                + taken.path("seq").asText() + ", " + taken.path("added").asText()
                + (taken.path("revoked").asBoolean() ? ", which revokes it" : "")
                + (taken.path("latest").asBoolean() ? ", is the latest: withdraw it to show the version before" : ""));
    }

    @Override
    String summary(int findings) {
        return findings == 0
                ? "no object has a version by somebody else than its creator"
                : findings + " versions are not by the creator of their object";
    }

    private static String who(JsonNode entry) {
        String creator = entry.path("created_by_ref").asText("no named creator");
        return creator + " (" + entry.path("origin").asText() + " by "
                + entry.path("speaker").asText() + ")";
    }
}
