package uz.koprik.gateway.cli.centre;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import uz.koprik.gateway.cli.CentreClient;

/** {@code koprik access who-looked}. */
@Command(name = "who-looked", description = "Lists who looked up a value, or was shown it, newest first.")
final class AccessWhoLookedCommand extends AccessPages {

    @Parameters(paramLabel = "VALUE", description = "The value, in any spelling.")
    private String value;

    @Override
    protected int run(CentreClient centre) {
        return print(centre, Map.of("value", value));
    }
}
