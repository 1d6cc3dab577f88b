package uz.koprik.gateway.cli.centre;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.centre.CentreInitializer;
import uz.koprik.gateway.cli.CommandOutput;
import uz.koprik.gateway.cli.ExitCode;
import uz.koprik.gateway.cli.Failure;
import uz.koprik.gateway.cli.GlobalOptions;
import uz.koprik.gateway.cli.HomeOption;
import uz.koprik.gateway.clock.ProcessClock;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.Home;

/** {@code koprik init}. */
@Command(
        name = "init",
        description = "Make the home of a new centre: keys, certificate, settings, trust list, first administrator.",
        footer = {
            "",
            "Example:",
            "  koprik init --home /var/lib/koprik --name tashkent --title \"UZCERT Tashkent\" \\",
            "      --host 0.0.0.0 --public-url https://exchange.example.com:8443"
        })
public final class InitCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--name",
            required = true,
            description = "Short name by which partners know the centre: lower-case letters, digits, hyphens.")
    private String name;

    @Option(names = "--title", description = "What people call the centre; the name with a capital letter when absent.")
    private String title;

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            description = "Address to listen on (default: ${DEFAULT-VALUE}).")
    private String host;

    @Option(
            names = "--port",
            defaultValue = "8443",
            description = "Port to listen on (default: ${DEFAULT-VALUE}); 0 lets the system choose at each start.")
    private int port;

    @Option(
            names = "--public-url",
            description = "URL under which others reach the centre, when it is not https://HOST:PORT.")
    private String publicUrl;

    @Option(names = "--tls-name", description = "Further host name or address for the certificate; may be repeated.")
    private List<String> tlsNames = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        Home home = HomeOption.of(spec);
        String called = title != null
                ? title
                : name.substring(0, Math.min(1, name.length())).toUpperCase(Locale.ROOT)
                        + name.substring(Math.min(1, name.length()));
        CentreInitializer.InitResult made;
        try {
            made = CentreInitializer.found(
                    home,
                    new CentreInitializer.Wishes(
                            name, called, host, port, publicUrl == null ? "" : publicUrl, tlsNames),
                    ProcessClock.get());
        } catch (ConfigException wrong) {
            throw new Failure(ExitCode.USAGE, option(wrong.getMessage()));
        }
        var out = CommandOutput.out(spec);
        if (GlobalOptions.of(spec).json()) {
            out.json(CanonicalJson.text(JsonObject.builder()
                    .put("home", home.root().toString())
                    .put("name", name)
                    .put("account", CentreInitializer.FIRST_ACCOUNT)
                    .put("one_time_secret", made.oneTimeSecret())
                    .put("fingerprint", made.fingerprint())
                    .put("card", home.ownCard().toString())
                    .putStrings("warnings", made.warnings())
                    .build()));
            return ExitCode.OK;
        }
        out.println("Centre " + name + " (" + called + ") is in " + home.root());
        out.println();
        out.println("  settings            " + home.config());
        out.println("  card for partners   " + home.ownCard());
        out.println("  its fingerprint     " + made.fingerprint() + "   (read it aloud to them)");
        out.println("  first administrator " + CentreInitializer.FIRST_ACCOUNT);
        out.println(
                "  one-time password   " + made.oneTimeSecret() + "   (shown once; it only serves to set an own one)");
        if (!made.warnings().isEmpty()) {
            out.println();
            made.warnings().forEach(warning -> out.println("warning: " + warning));
        }
        out.println();
        out.println("Next:");
        out.println("  koprik serve --home " + home.root());
        out.println("  koprik account passwd " + CentreInitializer.FIRST_ACCOUNT + " --home " + home.root());
        return ExitCode.OK;
    }

    /** The settings come from the command line: the option is at fault, not a line of a file that is not there yet. */
    private static String option(String message) {
        return message.replaceFirst("^koprik\\.yaml:\\d+: (listen\\.)?", "--")
                .replaceFirst("^--public_url", "--public-url");
    }
}
