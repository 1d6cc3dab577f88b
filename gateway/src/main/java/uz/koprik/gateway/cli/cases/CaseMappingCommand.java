package uz.koprik.gateway.cli.cases;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.ClientCommand;
import uz.koprik.gateway.cli.ExitCode;
import uz.koprik.gateway.cli.FileFailures;

/** Mappings that the centre keeps. */
@Command(
        name = "mapping",
        description = "Lists the mappings that the centre keeps, shows one, or saves one under a name.")
final class CaseMappingCommand extends ClientCommand {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "NAME",
            description = "Name of the mapping; all are listed when absent.")
    String name;

    @Parameters(index = "1", arity = "0..1", paramLabel = "FILE", description = "File to save under that name.")
    Path file;

    @Override
    protected int run(CentreClient centre) throws IOException {
        if (name == null) {
            JsonNode names = json(centre.get("/api/case-mappings"));
            names.path("names").forEach(one -> out().println(one.asText()));
            return ExitCode.OK;
        }
        String path = "/api/case-mappings/" + CentreAnswers.encoded(name);
        if (file != null) {
            json(centre.put(path, "application/yaml", FileFailures.bytes(file)));
            return ExitCode.OK;
        }
        CentreClient.Reply reply = centre.get(path, "application/yaml");
        if (!reply.ok()) {
            throw refused(reply);
        }
        out().lines(reply.text().stripTrailing());
        return ExitCode.OK;
    }
}
