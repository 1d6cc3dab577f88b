package uz.koprik.gateway.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes a note into a case. */
@Command(name = "note", description = "Writes a note into a case, with your name and the time.")
final class CaseNoteCommand extends CaseCommand.CaseClient {

    @Parameters(index = "0", paramLabel = "NUMBER", description = "Number of the case.")
    String number;

    @Parameters(index = "1", paramLabel = "TEXT", description = "What is to be noted.")
    String text;

    @Override
    int run(CentreClient centre) {
        return printOne(json(centre.post(path(number) + "/notes", "application/json", Words.json(Map.of("text", text)))));
    }
}
