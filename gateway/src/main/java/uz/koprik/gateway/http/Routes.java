package uz.koprik.gateway.http;

/** The routes of one resource. Implementations never import one another. */
public interface Routes {

    /** Adds the routes. Handlers that block go through {@link Blocking}. */
    void mount(RouteTable router);
}
