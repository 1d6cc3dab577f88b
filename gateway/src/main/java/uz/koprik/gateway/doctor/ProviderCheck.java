package uz.koprik.gateway.doctor;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.OidcConfig;
import uz.koprik.gateway.oidc.OpenedOidc;

/** People can sign in by the OpenID Connect provider, where the settings name one. */
final class ProviderCheck implements DoctorCheck {

    @Override
    public String what() {
        return "single sign-on";
    }

    @Override
    public List<Finding> look(Examined examined) throws IOException, ConfigException {
        OidcConfig config = examined.config().oidc();
        if (!config.on()) {
            return List.of(Finding.ok(what(), "no OpenID Connect provider is set"));
        }
        if (!examined.config().people().on()) {
            return List.of(Finding.warning(
                    what(),
                    "oidc.issuer is set, but people have no port to sign in at",
                    "set people.port of koprik.yaml, such as 8444"));
        }
        Vertx vertx = Vertx.vertx();
        try {
            Optional<String> trouble = OpenedOidc.trouble(config, examined.home(), vertx, examined.clock());
            return List.of(trouble.map(reason -> Finding.warning(
                            what(),
                            "the OpenID Connect provider cannot be asked: " + reason,
                            "compare oidc.issuer and oidc.trust of koprik.yaml with the provider, and look whether this"
                                    + " machine reaches it; accounts of this centre can sign in meanwhile"))
                    .orElseGet(() -> Finding.ok(what(), "the OpenID Connect provider answers")));
        } catch (ConfigException wrong) {
            return List.of(Finding.error(what(), wrong.getMessage(), "mend that file; the centre does not start"));
        } finally {
            vertx.close();
        }
    }
}
