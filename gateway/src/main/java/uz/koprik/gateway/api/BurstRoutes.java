package uz.koprik.gateway.api;

import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.indicators.bursts.Burst;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * {@code /api/bursts}: what is reported more or less often than it used to be. For members of the centre, who see all
 * that is counted.
 */
final class BurstRoutes implements Routes {

    private static final int MOST_PERIOD = 7;
    private static final int PERIODS = 8;

    private final AnalystServices services;

    BurstRoutes(AnalystServices services) {
        this.services = services;
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/api/bursts", "days").handler(Blocking.handler(this::bursts));
    }

    /** The schema {@code Bursts}. */
    record Bursts(String from, String to, int days, int periods, double notable, List<View> bursts) {}

    /** One of them; the schema {@code Burst}. */
    record View(
            String dimension,
            String name,
            long observed,
            double expected,
            double deviation,
            double departure,
            List<Long> past) {

        static View of(Burst burst) {
            return new View(
                    burst.feature().dimension().name().toLowerCase(Locale.ROOT),
                    burst.feature().name(),
                    burst.observed(),
                    rounded(burst.expected()),
                    rounded(burst.deviation()),
                    rounded(burst.departure()),
                    burst.past());
        }

        private static double rounded(double value) {
            return Math.round(value * 100) / 100.0;
        }
    }

    private Runnable bursts(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.ANALYSE);
        int days = days(request);
        Instant now = services.clock().instant();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        List<View> found =
                Burst.among(services.release().dailyCounts(caller.recipient(), today.toEpochDay()), days, PERIODS)
                        .stream()
                        .map(View::of)
                        .toList();
        String from = today.minusDays(days - 1L)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant()
                .toString();
        return ApiJson.reply(request, 200, new Bursts(from, now.toString(), days, PERIODS, Burst.NOTABLE, found));
    }

    private static int days(RoutingContext request) {
        String text = request.request().getParam("days");
        if (text == null) {
            return 1;
        }
        if (text.length() != 1 || text.charAt(0) < '1' || text.charAt(0) > '0' + MOST_PERIOD) {
            throw ApiJson.bad("\"days\" must be 1 to " + MOST_PERIOD);
        }
        return text.charAt(0) - '0';
    }
}
