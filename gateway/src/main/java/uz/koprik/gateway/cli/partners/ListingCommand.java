package uz.koprik.gateway.cli.partners;

import com.fasterxml.jackson.databind.JsonNode;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.ClientCommand;
import uz.koprik.gateway.cli.ExitCode;

/** A command that prints a list of a running centre, one line per item. */
abstract class ListingCommand extends ClientCommand {

    private final String path;
    private final String member;
    private final String none;

    /**
     * A list.
     *
     * @param path where the centre has it
     * @param member of the answer that is the list
     * @param none what to say when it is empty
     */
    ListingCommand(String path, String member, String none) {
        this.path = path;
        this.member = member;
        this.none = none;
    }

    @Override
    protected final int run(CentreClient centre) {
        JsonNode items = json(centre.get(path)).path(member);
        if (json()) {
            out().json(CentreAnswers.pretty(items));
            return ExitCode.OK;
        }
        if (items.isEmpty()) {
            out().println(none);
        }
        items.forEach(this::print);
        return ExitCode.OK;
    }

    /** Prints the line of an item. */
    abstract void print(JsonNode item);
}
