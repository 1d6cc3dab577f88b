/** Sessions of people in browsers: signing in, second factors, preferences; what every gateway of a centre shares. */
package uz.koprik.gateway.sessions;
