package uz.koprik.gateway.cli.centre;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.ClientCommand;
import uz.koprik.gateway.cli.ExitCode;

/** {@code koprik account sign-out}. */
@Command(
        name = "sign-out",
        description = {
            "End all sessions of an account in browsers: asks the running centre, as an operator. Its password and tokens",
            "go on working."
        })
public final class AccountSignOutCommand extends ClientCommand {

    @Parameters(paramLabel = "NAME", description = "Whose.")
    private String name;

    @Override
    protected int run(CentreClient centre) {
        int ended = json(centre.delete("/api/accounts/" + AccountNames.checked(name) + "/sessions"))
                .path("ended")
                .asInt();
        if (json()) {
            out().json("{\"ended\":" + ended + "}");
        } else {
            out().println("ended " + ended + (ended == 1 ? " session" : " sessions") + " of " + name);
        }
        return ExitCode.OK;
    }
}
