package uz.koprik.gateway.cli.centre;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.ClientCommand;
import uz.koprik.gateway.cli.ExitCode;

/** {@code koprik account tokens}. */
@Command(
        name = "tokens",
        description = {
            "List the tokens of all accounts: scopes, end, last use, and which are stale.",
            "Asks the running centre, as an administrator."
        })
public final class AccountTokensCommand extends ClientCommand {

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Of this account only.")
    private String name;

    @Option(names = "--stale", description = "Only those that have expired or were not used for long.")
    private boolean stale;

    @Override
    protected int run(CentreClient centre) {
        String wanted = name == null ? "" : AccountNames.checked(name);
        JsonNode answer = json(centre.get("/api/tokens" + (stale ? "?stale=true" : "")));
        List<JsonNode> tokens = new ArrayList<>();
        answer.path("tokens").forEach(token -> {
            if (wanted.isEmpty() || wanted.equals(token.path("account").asText())) {
                tokens.add(token);
            }
        });
        if (json()) {
            out().json(CentreAnswers.pretty(CentreAnswers.parse(CentreAnswers.json(tokens))));
            return ExitCode.OK;
        }
        if (tokens.isEmpty()) {
            out().println(stale ? "no token is stale" : "there is no token");
        }
        tokens.forEach(this::print);
        return ExitCode.OK;
    }

    private void print(JsonNode token) {
        List<String> scopes = new ArrayList<>();
        token.path("scopes").forEach(scope -> scopes.add(scope.asText()));
        out().println(token.path("account").asText() + "  \""
                + token.path("label").asText() + "\"  "
                + (scopes.isEmpty()
                        ? "all rights of a role of " + token.path("role").asText()
                        : String.join(", ", scopes)));
        out().println("    made " + token.path("created").asText() + ", "
                + (token.has("expires") ? "until " + token.path("expires").asText() : "without end") + ", "
                + (token.has("last_used")
                        ? "last used " + token.path("last_used").asText()
                        : "never used")
                + (token.has("stale") ? "; stale: " + token.path("stale").asText() : ""));
    }
}
