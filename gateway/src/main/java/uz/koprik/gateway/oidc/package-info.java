/** Sign-in of people by an OpenID Connect provider: the code flow, its checks, and back-channel logout. */
package uz.koprik.gateway.oidc;
