package uz.koprik.gateway.cli.centre;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.StringJoiner;
import picocli.CommandLine.Command;

/** Lists objects that stand for several galaxy clusters of MISP. */
@Command(
        name = "clusters",
        description = {
            "Lists objects that stand for several galaxy clusters of MISP, as earlier versions stored them.",
            "Import the events of such an object again: that corrects their relationships. Then withdraw the object."
        })
public final class StoreClustersCommand extends StoreFindings {

    StoreClustersCommand() {
        super("/api/clusters", "clusters");
    }

    @Override
    void print(JsonNode finding) {
        StringJoiner names = new StringJoiner(", ");
        finding.path("names").forEach(name -> names.add('"' + name.asText() + '"'));
        out().println(finding.path("id").asText());
        out().println("  galaxy " + finding.path("galaxy").asText() + ", UUID "
                + finding.path("uuid").asText() + ": " + names);
        out().println("  " + finding.path("referrers").asInt() + " objects refer to it");
    }

    @Override
    String summary(int findings) {
        return findings == 0
                ? "no object stands for several clusters"
                : findings + " objects may stand for several clusters: import their events again";
    }
}
