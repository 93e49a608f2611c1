//! The OpenAPI document: what the handlers say of themselves, and what holds for all of them.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::openapi::path::{Operation, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::response::{Response, ResponseBuilder};
use utoipa::openapi::schema::{AdditionalProperties, ObjectBuilder, Schema, Type};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ContentBuilder, InfoBuilder, OpenApi, Ref, RefOr, Required};
use utoipa::{IntoResponses, ToSchema};

/// What all addresses of the API begin with.
pub const PREFIX: &str = "/api/v1/";

/// The name of the way to sign in, as the handlers write it.
const TOKEN: &str = "token";

const DESCRIPTION: &str = "Everything that the screens of Laufzettel can do, for programs. A token acts as its agent \
and never more. Names of lists are taken as keys or as names and answered with both. Times are RFC 3339; those given \
out are in UTC. Ids are texts. Unknown fields are refused. Lists have a `limit` of at most 200 and a `cursor`, which \
is the `next` of the page before. The header `Laufzettel-Caller` names the program in the history; without it the \
name of the token does.";

/// An error (RFC 9457), sent as `application/problem+json`.
#[derive(Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ShownProblem {
    /// The status of the response.
    status: u16,
    /// Names the kind of problem for programs and never changes.
    code: String,
    /// Names the kind of problem for people.
    title: String,
    /// What is wrong with this request.
    detail: Option<String>,
    /// What is wrong with single fields.
    problems: Option<Vec<ShownFieldProblem>>,
}

/// What is wrong with one field.
#[derive(Serialize, ToSchema)]
#[schema(as = FieldProblem)]
pub struct ShownFieldProblem {
    /// The path of the field: `contact.email`, `tags[2]`.
    field: String,
    /// Names the kind of problem.
    code: String,
    /// Says what is wrong.
    message: String,
}

/// The problems that any call may be answered with.
pub struct Problems;

impl IntoResponses for Problems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let texts = [
            ("401", "No token, or none that counts"),
            ("403", "The token is not made for it (`missing_scope`), or the agent may not"),
            ("404", "There is no such thing, or the agent may not see it"),
            ("409", "It cannot be done as things stand; of a ticket with its present state"),
            ("412", "Something else than `If-Match` names is there now"),
            ("422", "A field cannot be taken, or an Idempotency-Key belongs to another request"),
            ("default", "Any other problem"),
        ];
        texts.into_iter().map(|(status, text)| (status.to_owned(), problem(text))).collect()
    }
}

fn problem(text: &str) -> RefOr<Response> {
    let body = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    let response = ResponseBuilder::new().description(text);
    response.content("application/problem+json", body).build().into()
}

/// Says of the variants of tagged types that they refuse unknown fields, which the derive leaves out.
fn close_variants(schemas: &mut BTreeMap<String, RefOr<Schema>>) {
    for schema in schemas.values_mut() {
        let RefOr::T(Schema::OneOf(variants)) = schema else { continue };
        for variant in &mut variants.items {
            if let RefOr::T(Schema::Object(object)) = variant
                && !object.properties.is_empty()
            {
                object.additional_properties =
                    Some(Box::new(AdditionalProperties::FreeForm(false)));
            }
        }
    }
}

/// Adds to the document what holds for all operations.
pub fn complete(api: &mut OpenApi) {
    api.info = InfoBuilder::new()
        .title("Laufzettel")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(DESCRIPTION))
        .build();
    let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(
        "`Authorization: Bearer TOKEN`; tokens are made at `POST /api/v1/tokens`",
    ));
    let components = api.components.get_or_insert_default();
    components.add_security_scheme(TOKEN, SecurityScheme::Http(scheme.build()));
    let mut schemas = Vec::new();
    ShownProblem::schemas(&mut schemas);
    schemas.push(("Problem".to_owned(), <ShownProblem as utoipa::PartialSchema>::schema()));
    components.schemas.extend(schemas);
    close_variants(&mut components.schemas);
    for (path, item) in &mut api.paths.paths {
        complete_path(path, item);
    }
}

fn complete_path(path: &str, item: &mut PathItem) {
    let operations = [
        ("get", item.get.as_mut()),
        ("post", item.post.as_mut()),
        ("patch", item.patch.as_mut()),
        ("delete", item.delete.as_mut()),
    ];
    for (method, operation) in operations {
        if let Some(operation) = operation {
            complete_operation(method, path, operation);
        }
    }
}

fn complete_operation(method: &str, path: &str, operation: &mut Operation) {
    let words: Vec<&str> = path
        .trim_start_matches(PREFIX)
        .split('/')
        .map(|part| part.trim_matches(['{', '}']))
        .collect();
    operation.operation_id = Some(format!("{method}_{}", words.join("_")));
    operation.tags = words.first().map(|word| vec![(*word).to_owned()]);
    let named = match method {
        "post" => {
            ("Idempotency-Key", "The client's own name for this request; kept for 7 days", false)
        }
        "patch" => ("If-Match", "The entity tag of what is changed", false),
        // Tokens have no versions.
        "delete" if path.contains("/tokens/") => return,
        "delete" => ("If-Match", "The entity tag of what is deleted, or `*`", true),
        _ => return,
    };
    operation.parameters.get_or_insert_default().push(header(named));
}

fn header((name, text, required): (&str, &str, bool)) -> RefOr<utoipa::openapi::path::Parameter> {
    let schema: utoipa::openapi::Schema = ObjectBuilder::new().schema_type(Type::String).into();
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .description(Some(text))
        .required(if required { Required::True } else { Required::False })
        .schema(Some(schema))
        .build()
        .into()
}
