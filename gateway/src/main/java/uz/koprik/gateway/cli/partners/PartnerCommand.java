package uz.koprik.gateway.cli.partners;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.ClientCommand;
import uz.koprik.gateway.cli.ExitCode;

/** Partner centres: own card, introduction, and how the exchange with them goes. */
@Command(
        name = "partner",
        description = "Partner centres: shows our card, adds and removes partners, shows the state of the exchange.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            PartnerCardCommand.class,
            PartnerAddCommand.class,
            PartnerAcceptCardCommand.class,
            PartnerCommand.Listing.class,
            PartnerCommand.Status.class,
            PartnerCommand.Pull.class,
            ExplainCommand.class,
            PartnerRemoveCommand.class
        })
public final class PartnerCommand implements Runnable {

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "which? card, add, accept-card, list, status, pull, explain or remove");
    }

    /** All partners, one line each. */
    @Command(
            name = "list",
            description = "Lists the partners of a running centre.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:listed", "1:not allowed", "2:the command line is wrong", "3:no centre answers"})
    static final class Listing extends ListingCommand {

        Listing() {
            super("/api/partners", "partners", "no partners yet; add one with `koprik partner add CARDFILE`");
        }

        @Override
        void print(JsonNode partner) {
            out().printf(
                            "%-16s %-8s %-5s %-5s up to %-18s %s%n",
                            partner.path("name").asText(),
                            partner.path("kind").asText(),
                            partner.path("pull").path("on").asBoolean() ? "pull" : "-",
                            partner.path("push").path("on").asBoolean() ? "push" : "-",
                            partner.path("agreement").path("max_tlp").asText(),
                            state(partner));
        }

        private static String state(JsonNode partner) {
            String pull = partner.path("pull").path("last_error").asText("");
            String push = partner.path("push").path("last_error").asText("");
            if (!pull.isEmpty() || !push.isEmpty()) {
                return pull.isEmpty() ? push : pull;
            }
            return partner.path("agreement").path("ended").asBoolean() ? "agreement ended" : "well";
        }
    }

    /** How the exchange with one partner, or with each, goes. */
    @Command(
            name = "status",
            description =
                    "Shows the exchange with partners: last contact, last error, objects received, sent and refused,"
                            + " with reasons; without NAME also the feeds of others.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                "0:the exchange goes well",
                "1:something is wrong with a partner or a feed, or there is none of that name",
                "2:the command line is wrong",
                "3:no centre answers"
            })
    static final class Status extends ClientCommand {

        @Parameters(arity = "0..1", paramLabel = "NAME", description = "The partner; all of them when absent.")
        String name;

        @Override
        protected int run(CentreClient centre) {
            if (name != null) {
                JsonNode partner = json(centre.get("/api/partners/" + CentreAnswers.encoded(name)));
                if (json()) {
                    out().json(CentreAnswers.pretty(partner));
                } else {
                    new PartnerText(out()).print(partner);
                }
                return isFailing(partner) ? ExitCode.FAILED : ExitCode.OK;
            }
            JsonNode answer = json(centre.get("/api/partners"));
            JsonNode partners = answer.path("partners");
            JsonNode feeds = json(centre.get("/api/feeds")).path("feeds");
            if (json()) {
                ObjectNode all = JsonNodeFactory.instance.objectNode();
                all.set("partners", partners);
                all.set("feeds", feeds);
                all.set("own_expiries", answer.path("own_expiries"));
                out().json(CentreAnswers.pretty(all));
            } else {
                PartnerText text = new PartnerText(out());
                partners.forEach(text::print);
                text.warnings(answer.path("own_expiries"), "");
                feeds.forEach(feed -> FeedText.print(out(), feed));
            }
            boolean failing = false;
            for (JsonNode partner : partners) {
                failing |= isFailing(partner);
            }
            for (JsonNode feed : feeds) {
                failing |= FeedText.isFailing(feed);
            }
            return failing ? ExitCode.FAILED : ExitCode.OK;
        }

        private static boolean isFailing(JsonNode partner) {
            return !partner.path("pull").path("last_error").asText("").isEmpty()
                    || !partner.path("push").path("last_error").asText("").isEmpty()
                    || partner.has("new_card");
        }
    }

    /** Asks a partner for news now. */
    @Command(
            name = "pull",
            description = "Asks a partner for new objects now instead of at the next turn.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                "0:started",
                "1:nothing is fetched from that partner",
                "2:the command line is wrong",
                "3:no centre answers"
            })
    static final class Pull extends OrderCommand {

        @Parameters(paramLabel = "NAME", description = "The partner.")
        String name;

        @CommandLine.Option(
                names = "--from-start",
                description = "Read everything again, for what the partner did not release to us before.")
        boolean fromStart;

        @Override
        String path() {
            return "/api/partners/" + CentreAnswers.encoded(name) + "/pull" + (fromStart ? "?from_start=true" : "");
        }

        @Override
        String started() {
            return "asking " + name + " for news";
        }
    }
}
