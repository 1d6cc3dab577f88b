package uz.koprik.gateway.cli.centre;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.ClientCommand;
import uz.koprik.gateway.cli.ExitCode;

/** {@code koprik account second-factor reset}. */
@Command(
        name = "reset",
        description = {
            "Take the second factor of an account away, when its owner lost the device and all recovery codes. Asks the",
            "running centre, as an operator or, for an administrator, as an administrator. account-changes.jsonl has a line of it."
        })
public final class SecondFactorResetCommand extends ClientCommand {

    @Parameters(paramLabel = "NAME", description = "Whose.")
    private String name;

    @Override
    protected int run(CentreClient centre) {
        CentreClient.Reply reply = centre.delete("/api/accounts/" + AccountNames.checked(name) + "/second-factor");
        if (!reply.ok()) {
            throw refused(reply);
        }
        if (!json()) {
            out().println(name + " has no second factor any more");
        }
        return ExitCode.OK;
    }
}
