package uz.koprik.gateway.cli.partners;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.ClientCommand;
import uz.koprik.gateway.cli.ExitCode;

/** Publishes again what only a compromised key of this centre proves. */
@Command(
        name = "republish",
        preprocessor = ThumbprintArguments.class,
        description = {
            "Publishes again what a revoked key of this centre signed since its compromise: in new versions, signed by the",
            "present key. Objects without versions and objects of others stay the same and are signed anew. First list",
            "them by `koprik key impact`, and withdraw what this centre did not write."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:published",
            "1:some objects were refused, or the key is not a revoked key of this centre",
            "2:the command line is wrong",
            "3:no centre answers"
        })
final class KeyRepublishCommand extends ClientCommand {

    @Parameters(paramLabel = "KEY", description = "centre/number, or the beginning of the thumbprint.")
    String key;

    @Option(names = "--preview", description = "Count only, and change nothing.")
    boolean preview;

    @Override
    protected int run(CentreClient centre) {
        JsonNode done = json(centre.post(
                "/api/keys/republication",
                "application/json",
                CentreAnswers.json(Map.of("key", key, "preview", preview))));
        if (json()) {
            out().json(CentreAnswers.pretty(done));
        } else {
            String would = preview ? "would be " : "";
            count(done, "new_versions", " objects " + would + "published in new versions");
            count(done, "signed_again", " objects " + would + "signed again in the same version");
            if (done.path("from_others").asLong() > 0) {
                count(
                        done,
                        "from_others",
                        " objects came from partners and may be forged, so they stay: compare them with what you wrote");
            }
        }
        done.path("failed").forEach(one -> err().println(
                        one.path("id").asText() + ": " + one.path("reason").asText()));
        return done.path("refused").asLong() > 0 ? ExitCode.FAILED : ExitCode.OK;
    }

    private void count(JsonNode done, String name, String words) {
        out().println(CentreAnswers.number(done.path(name).asLong()) + words);
    }
}
