import { routeOf } from './observer';

describe('the route of a path', () => {
  it.each([
    ['/api/v4/user', '/api/v4/user'],
    ['/api/graphql', '/api/graphql'],
    ['/api/v4/projects/12/repository/commits?ref_name=main', '/api/v4/projects/:value/repository/commits'],
    [
      '/api/v4/projects/12/repository/branches/feature%2Fone',
      '/api/v4/projects/:value/repository/branches/:value',
    ],
    ['/api/v4/projects/12/hooks/7/test/push_events', '/api/v4/projects/:value/hooks/:value/test/push_events'],
    ['/elsewhere/secret-name', '/:value/:value'],
  ])('of %s is %s', (path, route) => {
    expect(routeOf(path)).toBe(route);
  });
});
