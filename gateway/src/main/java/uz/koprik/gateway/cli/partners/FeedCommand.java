package uz.koprik.gateway.cli.partners;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.ClientCommand;
import uz.koprik.gateway.cli.ExitCode;

/** Feeds of others that this centre reads. */
@Command(
        name = "feed",
        description =
                "Feeds of others that the centre reads (feeds.sources in koprik.yaml): shows how they go, reads them now.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            FeedCommand.Listing.class,
            FeedCommand.Show.class,
            FeedCommand.Run.class,
            FeedCommand.Accept.class
        })
public final class FeedCommand implements Runnable {

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "which? list, show, run or accept");
    }

    /** All feeds, one line each. */
    @Command(
            name = "list",
            description = "Lists the feeds that a running centre reads.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:listed", "1:not allowed", "2:the command line is wrong", "3:no centre answers"})
    static final class Listing extends ListingCommand {

        Listing() {
            super("/api/feeds", "feeds", "no feeds; add them to feeds.sources in koprik.yaml");
        }

        @Override
        void print(JsonNode feed) {
            out().printf(
                            "%-16s %8d entries  %s%n",
                            feed.path("name").asText(), feed.path("entries").asLong(), FeedText.state(feed));
        }
    }

    /** How one feed goes. */
    @Command(
            name = "show",
            description = "Shows a feed: last read, entries, what became of them, what is wrong.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                "0:the feed goes well",
                "1:the feed or a file of it cannot be read, or there is none of that name",
                "2:the command line is wrong",
                "3:no centre answers"
            })
    static final class Show extends ClientCommand {

        @Parameters(paramLabel = "NAME", description = "The feed.")
        String name;

        @Override
        protected int run(CentreClient centre) {
            JsonNode feed = json(centre.get("/api/feeds/" + CentreAnswers.encoded(name)));
            if (json()) {
                out().json(CentreAnswers.pretty(feed));
            } else {
                FeedText.print(out(), feed);
            }
            return FeedText.isFailing(feed) ? ExitCode.FAILED : ExitCode.OK;
        }
    }

    /** Reads a feed now. */
    @Command(
            name = "run",
            description = "Reads a feed now instead of at its next turn.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                "0:started",
                "1:there is no such feed, or another gateway reads it",
                "2:the command line is wrong",
                "3:no centre answers"
            })
    static final class Run extends OrderCommand {

        @Parameters(paramLabel = "NAME", description = "The feed.")
        String name;

        @Override
        String path() {
            return "/api/feeds/" + CentreAnswers.encoded(name) + "/run";
        }

        @Override
        String started() {
            return "reading " + name + "; koprik feed show " + name + " says how it went";
        }
    }

    /** Takes a feed that is much shorter than before. */
    @Command(
            name = "accept",
            description =
                    "Reads a feed now and takes what it has, also when it is empty or much shorter than before: indicators of"
                            + " entries that left it end.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                "0:started",
                "1:there is no such feed, or another gateway reads it",
                "2:the command line is wrong",
                "3:no centre answers"
            })
    static final class Accept extends OrderCommand {

        @Parameters(paramLabel = "NAME", description = "The feed.")
        String name;

        @Override
        String path() {
            return "/api/feeds/" + CentreAnswers.encoded(name) + "/acceptance";
        }

        @Override
        String started() {
            return "reading " + name + " as it is; koprik feed show " + name + " says how it went";
        }
    }
}
