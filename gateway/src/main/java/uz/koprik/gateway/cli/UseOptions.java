package uz.koprik.gateway.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** For what a command uses personal values of partners whose agreement asks for it. */
public final class UseOptions {

    @Spec(Spec.Target.MIXEE)
    CommandSpec spec;

    @Option(
            names = "--purpose",
            paramLabel = "TEXT",
            description =
                    "One of the purposes of an agreement that asks for one before it shows personal values; needs --for-case.")
    String purpose;

    @Option(
            names = "--for-case",
            paramLabel = "NUMBER",
            description = "The case for which you need them. The access record keeps purpose and case.")
    String number;

    /** Says it to a centre with each request. */
    public void tell(CentreClient centre) {
        if ((purpose == null) != (number == null)) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--purpose and --for-case are needed together, or neither of them");
        }
        if (purpose != null) {
            centre.using(purpose, number);
        }
    }

    /** Says what may be missing in the answer; the same whether anything is. */
    public static void note(CentreClient centre, CommandOutput err) {
        if (!centre.purposeNeeded().isEmpty()) {
            err.println("personal objects of " + centre.purposeNeeded()
                    + " are left out, if there are any: the agreement asks for a purpose and a case; use --purpose and"
                    + " --for-case");
        }
    }
}
